import { useState } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { KeyringQuestion } from '../ui/KeyringQuestion.tsx';
import { Modal, ModalBody, ModalFoot, ModalForm } from '../ui/Modal.tsx';
import { useSubmit } from '../use-submit.ts';
import { changeOf, type Form, fieldOf, formOf, mistakesIn } from './draft.ts';
import { SourceFields } from './SourceFields.tsx';

type Props = { source: Source; provider: ProviderInfo; onClose: () => void };

export function EditSource({ source, provider, onClose }: Props) {
  const [form, setForm] = useState<Form>(() => formOf(source));
  const { busy, errors, asksForKeyring, setErrors, submit, goBack } = useSubmit(
    (withoutKeyring) =>
      ask('changeSource', { change: changeOf(source, provider, form), withoutKeyring }),
    onClose,
    fieldOf,
  );

  const send = () => {
    const mistakes = mistakesIn(form);
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0) void submit(false);
  };

  return (
    <Modal
      title={asksForKeyring ? 'No keyring' : `Change ${source.name}`}
      kind="form"
      onClose={onClose}
    >
      {asksForKeyring ? (
        <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={goBack} />
      ) : (
        <ModalForm onSubmit={send}>
          <ModalBody>
            <SourceFields
              provider={provider}
              source={source}
              form={form}
              errors={errors}
              onChange={(change) => setForm({ ...form, ...change })}
            />
          </ModalBody>
          <ModalFoot>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" submits disabled={busy}>
              Save
            </Button>
          </ModalFoot>
        </ModalForm>
      )}
    </Modal>
  );
}
