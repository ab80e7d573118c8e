import { useState } from 'react';
import type { Restored } from '../../shared/settings.ts';
import { goTo } from '../navigation.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Failure } from '../ui/Failure.tsx';
import { KeyringQuestion } from '../ui/KeyringQuestion.tsx';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import { useSubmit } from '../use-submit.ts';
import { leftToDo } from '../words/restored.ts';
import styles from './Settings.module.css';

type Props = { name: string; changes: string[]; onClose: () => void };

export function RestoreDialog({ name, changes, onClose }: Props) {
  const [restored, setRestored] = useState<Restored | null>(null);
  const { busy, errors, asksForKeyring, submit, goBack } = useSubmit(
    (withoutKeyring) => ask('restoreSettings', { withoutKeyring }),
    setRestored,
    () => 'form',
    { failed: 'The settings could not be restored. Try again.', source: 'a source' },
  );

  const title = asksForKeyring
    ? 'No keyring'
    : restored
      ? 'The settings are restored'
      : changes.length === 0
        ? 'Nothing would change'
        : `Restore settings from ${name}?`;

  return (
    <Modal title={title} width={520} kind="form" onClose={onClose}>
      {asksForKeyring ? (
        <KeyringQuestion busy={busy} onKeep={() => void submit(true)} onBack={goBack} />
      ) : restored ? (
        <Done restored={restored} onClose={onClose} />
      ) : changes.length === 0 ? (
        <NothingToDo name={name} onClose={onClose} />
      ) : (
        <>
          <ModalBody>
            <Sentences of={changes} />
            <p className={styles.stays}>
              Everything else stays as it is. No source is removed, and no secret is touched.
            </p>
            {errors.form === undefined ? null : <Failure title={errors.form} />}
          </ModalBody>
          <ModalFoot>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={busy} onClick={() => void submit(false)}>
              Restore
            </Button>
          </ModalFoot>
        </>
      )}
    </Modal>
  );
}

const NothingToDo = ({ name, onClose }: Pick<Props, 'name' | 'onClose'>) => (
  <>
    <ModalBody>
      <p>Everything in {name} is already as it is here.</p>
    </ModalBody>
    <ModalFoot>
      <Button look="primary" onClick={onClose}>
        Close
      </Button>
    </ModalFoot>
  </>
);

function Done({ restored, onClose }: { restored: Restored; onClose: () => void }) {
  const todo = leftToDo(restored);
  const show = () => {
    onClose();
    goTo('sources');
  };

  return (
    <>
      <ModalBody>
        {todo.length === 0 ? <p>Nothing is left to do.</p> : <Sentences of={todo} />}
      </ModalBody>
      <ModalFoot>
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
      </ModalFoot>
    </>
  );
}

const Sentences = ({ of }: { of: string[] }) => (
  <ul className={styles.sentences}>
    {of.map((sentence) => (
      <li key={sentence}>
        <ExternalText text={sentence} />
      </li>
    ))}
  </ul>
);
