import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useState } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { takeFocus } from '../ui/focus.ts';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { draftOf, emptyForm, type Form, mistakesIn } from './draft.ts';
import { KeyringQuestion } from './KeyringQuestion.tsx';
import { SetupSteps } from './SetupSteps.tsx';
import { SourceFields } from './SourceFields.tsx';
import styles from './Sources.module.css';
import { useSubmit } from './use-submit.ts';

type Props = { providers: ProviderInfo[]; taken: string[]; onClose: () => void };

const freeName = (name: string, taken: string[]): string => {
  let free = name;
  for (let place = 2; taken.includes(free); place += 1) free = `${name} ${place}`;
  return free;
};

/** Choose a provider, fill in what it needs, then paste the URL into its portal: one dialog from start to end. */
export function AddSource({ providers, taken, onClose }: Props) {
  const [provider, setProvider] = useState<ProviderInfo | null>(null);
  const [form, setForm] = useState<Form>(() => emptyForm(''));
  const [added, setAdded] = useState<Source | null>(null);

  const { busy, errors, asksForKeyring, setErrors, submit, forget } = useSubmit(
    async (withoutKeyring) =>
      provider
        ? ask('addSource', { draft: draftOf(provider, form), withoutKeyring })
        : { status: 'failed', problem: { code: 'gone', what: 'The provider' } },
    setAdded,
  );

  const choose = (id: string) => {
    const chosen = providers.find((one) => one.id === id) ?? null;
    setProvider(chosen);
    setErrors({});
    if (chosen) setForm(emptyForm(freeName(chosen.name, taken)));
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!provider) return;
    const mistakes = mistakesIn(form);
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0) void submit(false);
  };

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className={popups.backdrop} />
        <Dialog.Popup className={popups.dialog}>
          <div className={popups.head}>
            <Dialog.Title>
              {asksForKeyring ? 'No keyring' : added ? `${added.name} is ready` : 'Add a source'}
            </Dialog.Title>
          </div>
          {asksForKeyring ? (
            <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={forget} />
          ) : added && provider ? (
            <>
              <div className={popups.body}>
                <SetupSteps source={added} provider={provider} />
              </div>
              <div className={popups.foot}>
                <Button look="primary" ref={takeFocus} onClick={onClose}>
                  Done
                </Button>
              </div>
            </>
          ) : (
            <form className={styles.form} onSubmit={send}>
              <div className={popups.body}>
                <div className={styles.fields}>
                  <ChoiceCards
                    label="Provider"
                    value={provider?.id ?? null}
                    onChange={choose}
                    choices={providers.map(({ id, name }) => ({
                      value: id,
                      label: name,
                      icon: <ProviderMark provider={id} providers={providers} />,
                    }))}
                  />
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
              </div>
              <div className={popups.foot}>
                <Button onClick={onClose}>Cancel</Button>
                <Button look="primary" submits disabled={busy || !provider}>
                  Add the source
                </Button>
              </div>
            </form>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
