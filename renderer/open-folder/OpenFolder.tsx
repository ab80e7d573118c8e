import { FolderOpen } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { appStore, ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import styles from './OpenFolder.module.css';

/** These keys are also shortcuts of the timeline's list. */
function keepForTheButton(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

const folders = {
  history: { question: 'openHistoryFolder', label: 'Open folder', holds: 'The history is kept' },
  log: { question: 'openLogFolder', label: 'Open log folder', holds: 'The log is written' },
} as const;
type Which = keyof typeof folders;

/** Opens a folder of Hookbell; where the system cannot, a dialog shows its path. */
export function OpenFolder({ which = 'history', inRow }: { which?: Which; inRow?: boolean }) {
  const { question, label, holds } = folders[which];
  const [refused, setRefused] = useState<string | null>(null);

  const open = async () => {
    try {
      const answer = await ask(question, undefined);
      if (answer.status === 'refused') setRefused(answer.folder);
    } catch (error) {
      console.error(error);
      setRefused(appStore.get().app?.folder ?? '');
    }
  };

  return (
    <>
      {inRow ? (
        <button
          type="button"
          className={styles.inRow}
          onClick={() => void open()}
          onKeyDown={keepForTheButton}
        >
          {label}
        </button>
      ) : (
        <Button icon={<FolderOpen size={16} />} onClick={() => void open()}>
          {label}
        </Button>
      )}
      {refused === null ? null : (
        <FolderNotOpened folder={refused} holds={holds} onClose={() => setRefused(null)} />
      )}
    </>
  );
}

type Props = { folder: string; holds: string; onClose: () => void };

const FolderNotOpened = ({ folder, holds, onClose }: Props) => (
  <Modal
    title="The folder could not be opened"
    description={`No file manager answered. ${holds} here:`}
    kind="notice"
    onClose={onClose}
  >
    <ModalBody>
      <code className={styles.path}>{folder}</code>
    </ModalBody>
    <ModalFoot>
      <CopyButton label="Copy path of the folder" words="Copy path" copy={() => copy(folder)} />
      <Button look="primary" onClick={onClose}>
        Close
      </Button>
    </ModalFoot>
  </Modal>
);
