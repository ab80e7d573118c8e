import { useState } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { KeyringQuestion } from '../ui/KeyringQuestion.tsx';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import { useSubmit } from '../use-submit.ts';
import { fieldOf } from './draft.ts';
import { SetupSteps } from './SetupSteps.tsx';

type Props = { source: Source; provider: ProviderInfo; onClose: () => void };

export function ReplaceUrl({ source, provider, onClose }: Props) {
  const [replaced, setReplaced] = useState<Source | null>(null);
  const { busy, errors, asksForKeyring, submit, goBack } = useSubmit(
    (withoutKeyring) => ask('replaceToken', { id: source.id, withoutKeyring }),
    setReplaced,
    fieldOf,
  );

  const isAsking = !asksForKeyring && !replaced;

  return (
    <Modal
      title={titleOf(source, asksForKeyring, replaced)}
      description={isAsking ? what : undefined}
      kind="notice"
      onClose={onClose}
    >
      {asksForKeyring ? (
        <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={goBack} />
      ) : replaced ? (
        <>
          <ModalBody>
            <SetupSteps source={replaced} provider={provider} />
          </ModalBody>
          <ModalFoot>
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </ModalFoot>
        </>
      ) : (
        <>
          {errors.form === undefined ? null : (
            <ModalBody>
              <Failure title={errors.form} />
            </ModalBody>
          )}
          <ModalFoot>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={busy} onClick={() => void submit(false)}>
              Replace the URL
            </Button>
          </ModalFoot>
        </>
      )}
    </Modal>
  );
}

const what =
  'The source gets a new URL. The old one works for seven more days, so that nothing is lost while you paste the new one into the portal.';

function titleOf(source: Source, asksForKeyring: boolean, replaced: Source | null): string {
  if (asksForKeyring) return 'No keyring';
  return replaced ? 'The new URL is ready' : `Replace the URL of ${source.name}?`;
}
