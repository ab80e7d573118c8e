import { useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { takeFocus } from '../ui/focus.ts';
import { KeyringQuestion } from '../ui/KeyringQuestion.tsx';
import { Modal, ModalBody, ModalFoot, ModalForm } from '../ui/Modal.tsx';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { useSubmit } from '../use-submit.ts';
import { draftOf, emptyForm, type Form, fieldOf, mistakesIn } from './draft.ts';
import { SetupSteps } from './SetupSteps.tsx';
import { SourceFields } from './SourceFields.tsx';
import styles from './Sources.module.css';

type Props = { providers: ProviderInfo[]; taken: string[]; onClose: () => void };

const freeName = (name: string, taken: string[]): string => {
  let free = name;
  for (let place = 2; taken.includes(free); place += 1) free = `${name} ${place}`;
  return free;
};

export function AddSource({ providers, taken, onClose }: Props) {
  const [provider, setProvider] = useState<ProviderInfo | null>(null);
  const [form, setForm] = useState<Form>(() => emptyForm(''));
  const [added, setAdded] = useState<Source | null>(null);

  const { busy, errors, asksForKeyring, setErrors, submit, goBack } = useSubmit(
    (withoutKeyring) => add(provider, form, withoutKeyring),
    setAdded,
    fieldOf,
  );

  const choose = (id: string) => {
    const chosen = providers.find((one) => one.id === id) ?? null;
    setProvider(chosen);
    setErrors({});
    if (chosen) setForm(emptyForm(freeName(chosen.name, taken)));
  };

  const send = () => {
    if (!provider) return;
    const mistakes = mistakesIn(form);
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0) void submit(false);
  };

  return (
    <Modal title={titleOf(asksForKeyring, added)} kind="form" onClose={onClose}>
      {asksForKeyring ? (
        <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={goBack} />
      ) : added && provider ? (
        <Added source={added} provider={provider} onClose={onClose} />
      ) : (
        <ModalForm onSubmit={send}>
          <ModalBody>
            <div className={styles.fields}>
              <ProviderChoice providers={providers} chosen={provider} onChoose={choose} />
              {provider ? (
                <SourceFields
                  key={provider.id}
                  provider={provider}
                  source={null}
                  form={form}
                  errors={errors}
                  onChange={(change) => setForm({ ...form, ...change })}
                />
              ) : null}
            </div>
          </ModalBody>
          <ModalFoot>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" submits disabled={busy || !provider}>
              Add the source
            </Button>
          </ModalFoot>
        </ModalForm>
      )}
    </Modal>
  );
}

const add = async (
  provider: ProviderInfo | null,
  form: Form,
  withoutKeyring: boolean,
): Promise<Answer<'addSource'>> =>
  provider
    ? ask('addSource', { draft: draftOf(provider, form), withoutKeyring })
    : { status: 'failed', problem: { code: 'gone', what: 'The provider' } };

function titleOf(asksForKeyring: boolean, added: Source | null): string {
  if (asksForKeyring) return 'No keyring';
  return added ? `${added.name} is added` : 'Add a source';
}

type ChoiceProps = {
  providers: ProviderInfo[];
  chosen: ProviderInfo | null;
  onChoose: (id: string) => void;
};

const ProviderChoice = ({ providers, chosen, onChoose }: ChoiceProps) => (
  <ChoiceCards
    label="Provider"
    value={chosen?.id ?? null}
    onChange={onChoose}
    choices={providers.map(({ id, name }) => ({
      value: id,
      label: name,
      icon: <ProviderMark provider={id} providers={providers} />,
    }))}
  />
);

type AddedProps = { source: Source; provider: ProviderInfo; onClose: () => void };

const Added = ({ source, provider, onClose }: AddedProps) => (
  <>
    <ModalBody>
      <SetupSteps source={source} provider={provider} />
    </ModalBody>
    <ModalFoot>
      <Button look="primary" ref={takeFocus} onClick={onClose}>
        Done
      </Button>
    </ModalFoot>
  </>
);
