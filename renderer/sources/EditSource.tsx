import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useState } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { changeOf, type Form, formOf, mistakesIn } from './draft.ts';
import { KeyringQuestion } from './KeyringQuestion.tsx';
import { SourceFields } from './SourceFields.tsx';
import styles from './Sources.module.css';
import { useSubmit } from './use-submit.ts';

type Props = { source: Source; provider: ProviderInfo; onClose: () => void };

export function EditSource({ source, provider, onClose }: Props) {
  const [form, setForm] = useState<Form>(() => formOf(source));
  const { busy, errors, asksForKeyring, setErrors, submit, forget } = useSubmit(
    (withoutKeyring) =>
      ask('changeSource', { change: changeOf(source, provider, form), withoutKeyring }),
    onClose,
  );

  const send = (event: FormEvent) => {
    event.preventDefault();
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
            <Dialog.Title>{asksForKeyring ? 'No keyring' : `Change ${source.name}`}</Dialog.Title>
          </div>
          {asksForKeyring ? (
            <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={forget} />
          ) : (
            <form className={styles.form} onSubmit={send}>
              <div className={popups.body}>
                <SourceFields
                  provider={provider}
                  source={source}
                  form={form}
                  errors={errors}
                  onChange={(change) => setForm({ ...form, ...change })}
                />
              </div>
              <div className={popups.foot}>
                <Button onClick={onClose}>Cancel</Button>
                <Button look="primary" submits disabled={busy}>
                  Save
                </Button>
              </div>
            </form>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
