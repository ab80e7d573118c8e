import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Restored } from '../../shared/settings.ts';
import { goTo } from '../navigation.ts';
import { explain } from '../problems.ts';
import { KeyringQuestion } from '../sources/KeyringQuestion.tsx';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import popups from '../ui/Popups.module.css';
import { SourceText } from '../ui/SourceText.tsx';
import { leftToDo } from './restored-words.ts';
import styles from './Settings.module.css';

type Props = { name: string; changes: string[]; onClose: () => void };

/** Names everything that would change, asks, does it, and says what is left to do by hand. */
export function RestoreDialog({ name, changes, onClose }: Props) {
  const [restored, setRestored] = useState<Restored | null>(null);
  const [asksForKeyring, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const restore = async (withoutKeyring: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      const outcome = await ask('restoreSettings', { withoutKeyring });
      const lacksKeyring =
        outcome.status === 'failed' && outcome.problem.code === 'keyring-missing';
      setAsks(lacksKeyring);
      if (outcome.status === 'done') setRestored(outcome.value);
      else if (!lacksKeyring) {
        const { title, remedy } = explain(outcome.problem, () => 'a source');
        setFailure(`${title}. ${remedy}`);
      }
    } catch (error) {
      console.error(error);
      setAsks(false);
      setFailure('The settings could not be restored. Try again.');
    } finally {
      setBusy(false);
    }
  };

  const title = asksForKeyring
    ? 'No keyring'
    : restored
      ? 'The settings are restored'
      : changes.length === 0
        ? 'Nothing would change'
        : `Restore settings from ${name}?`;

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className={popups.backdrop} />
        <Dialog.Popup className={popups.dialog} style={{ '--dialog-width': '520px' }}>
          <div className={popups.head}>
            <Dialog.Title>{title}</Dialog.Title>
          </div>
          {asksForKeyring ? (
            <KeyringQuestion
              busy={busy}
              onKeep={() => void restore(true)}
              onBack={() => setAsks(false)}
            />
          ) : restored ? (
            <Done restored={restored} onClose={onClose} />
          ) : changes.length === 0 ? (
            <>
              <div className={popups.body}>
                <p>Everything in {name} is already as it is here.</p>
              </div>
              <div className={popups.foot}>
                <Button look="primary" onClick={onClose}>
                  Close
                </Button>
              </div>
            </>
          ) : (
            <>
              <div className={popups.body}>
                <Sentences of={changes} />
                <p className={styles.stays}>
                  Everything else stays as it is. No source is removed, and no secret is touched.
                </p>
                {failure === null ? null : <Failure title={failure} />}
              </div>
              <div className={popups.foot}>
                <Button onClick={onClose}>Cancel</Button>
                <Button look="primary" disabled={busy} onClick={() => void restore(false)}>
                  Restore
                </Button>
              </div>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Done({ restored, onClose }: { restored: Restored; onClose: () => void }) {
  const todo = leftToDo(restored);
  const show = () => {
    onClose();
    goTo('sources');
  };

  return (
    <>
      <div className={popups.body}>
        {todo.length === 0 ? <p>Nothing is left to do.</p> : <Sentences of={todo} />}
      </div>
      <div className={popups.foot}>
        {restored.newUrls.length + restored.secrets.length > 0 ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button look="primary" onClick={show}>
              Open Sources
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        )}
      </div>
    </>
  );
}

const Sentences = ({ of }: { of: string[] }) => (
  <ul className={styles.sentences}>
    {of.map((sentence) => (
      <li key={sentence}>
        <SourceText text={sentence} />
      </li>
    ))}
  </ul>
);
