import { useState } from 'react';
import type { FormField } from '../../shared/problem.ts';
import type { TunnelView } from '../../shared/tunnel.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { KeyringQuestion } from '../ui/KeyringQuestion.tsx';
import { Modal, ModalBody, ModalFoot, ModalForm } from '../ui/Modal.tsx';
import { useSubmit } from '../use-submit.ts';
import { choiceOf, formOf, mistakesIn, type PublicUrlForm } from './choice.ts';
import { PublicUrlFields } from './PublicUrlFields.tsx';

type Props = {
  tunnel: TunnelView;
  /** The person asked for a public URL: ngrok is chosen where none is set up. */
  wantsOne?: boolean;
  onClose: () => void;
};

export function PublicUrlDialog({ tunnel, wantsOne = false, onClose }: Props) {
  const [form, setForm] = useState(() => begunWith(tunnel, wantsOne));
  const { busy, errors, asksForKeyring, setErrors, submit, goBack } = useSubmit(
    async (withoutKeyring) => {
      const outcome = await ask('changeTunnel', { choice: choiceOf(form), withoutKeyring });
      return outcome.status === 'done' ? { status: 'done', value: null } : outcome;
    },
    onClose,
    (field: FormField): FormField | 'form' => field,
    {
      failed: 'Something that was entered cannot be used. Look at the fields again.',
      source: 'this source',
    },
  );

  const send = () => {
    const mistakes = mistakesIn(form);
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0) void submit(false);
  };

  return (
    <Modal
      title={asksForKeyring ? 'No keyring' : 'The public way in'}
      kind="form"
      onClose={onClose}
    >
      {asksForKeyring ? (
        <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={goBack} />
      ) : (
        <ModalForm onSubmit={send}>
          <ModalBody>
            <PublicUrlFields
              form={form}
              errors={errors}
              hasAuthtoken={tunnel.kind === 'ngrok' && tunnel.hasAuthtoken}
              onChange={(change) => setForm({ ...form, ...change })}
            />
          </ModalBody>
          <ModalFoot>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" submits disabled={busy}>
              {form.kind === 'none' ? 'Save' : 'Connect'}
            </Button>
          </ModalFoot>
        </ModalForm>
      )}
    </Modal>
  );
}

const begunWith = (tunnel: TunnelView, wantsOne: boolean): PublicUrlForm => {
  const form = formOf(tunnel);
  return wantsOne && form.kind === 'none' ? { ...form, kind: 'ngrok' } : form;
};
