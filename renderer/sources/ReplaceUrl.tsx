import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import popups from '../ui/Popups.module.css';
import { KeyringQuestion } from './KeyringQuestion.tsx';
import { SetupSteps } from './SetupSteps.tsx';
import { useSubmit } from './use-submit.ts';

type Props = { source: Source; provider: ProviderInfo; onClose: () => void };

export function ReplaceUrl({ source, provider, onClose }: Props) {
  const [replaced, setReplaced] = useState<Source | null>(null);
  const { busy, errors, asksForKeyring, submit, forget } = useSubmit(
    (withoutKeyring) => ask('replaceToken', { id: source.id, withoutKeyring }),
    setReplaced,
  );

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popups.backdrop} />
        <Dialog.Popup className={popups.dialog}>
          <div className={popups.head}>
            <Dialog.Title>
              {asksForKeyring
                ? 'No keyring'
                : replaced
                  ? 'The new URL is ready'
                  : `Replace the URL of ${source.name}?`}
            </Dialog.Title>
            {asksForKeyring || replaced ? null : (
              <Dialog.Description>
                The source gets a new URL. The old one works for seven more days, so that nothing is
                lost while you paste the new one into the portal.
              </Dialog.Description>
            )}
          </div>
          {asksForKeyring ? (
            <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={forget} />
          ) : replaced ? (
            <>
              <div className={popups.body}>
                <SetupSteps source={replaced} provider={provider} />
              </div>
              <div className={popups.foot}>
                <Button look="primary" onClick={onClose}>
                  Done
                </Button>
              </div>
            </>
          ) : (
            <>
              {errors.form === undefined ? null : (
                <div className={popups.body}>
                  <Failure title={errors.form} />
                </div>
              )}
              <div className={popups.foot}>
                <Button onClick={onClose}>Cancel</Button>
                <Button look="primary" disabled={busy} onClick={() => void submit(false)}>
                  Replace the URL
                </Button>
              </div>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
