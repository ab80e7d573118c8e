import { Dialog } from '@base-ui/react/dialog';
import { FolderOpen } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { appStore, ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import popups from '../ui/Popups.module.css';
import styles from './OpenFolder.module.css';

/** The list of the timeline has a meaning of its own for these keys. */
function keepForTheButton(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

/** Opens the folder of the history, for whoever wants to look at a damaged file; says where it is when the system cannot. */
export function OpenFolder({ inRow }: { inRow?: boolean }) {
  const [refused, setRefused] = useState<string | null>(null);

  const open = async () => {
    try {
      const answer = await ask('openHistoryFolder', undefined);
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
          Open folder
        </button>
      ) : (
        <Button icon={<FolderOpen size={16} />} onClick={() => void open()}>
          Open folder
        </Button>
      )}
      {refused === null ? null : (
        <FolderNotOpened folder={refused} onClose={() => setRefused(null)} />
      )}
    </>
  );
}

type Props = { folder: string; onClose: () => void };

const FolderNotOpened = ({ folder, onClose }: Props) => (
  <Dialog.Root open onOpenChange={(open) => open || onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className={popups.backdrop} />
      <Dialog.Popup className={popups.dialog}>
        <div className={popups.head}>
          <Dialog.Title>The folder could not be opened</Dialog.Title>
          <Dialog.Description>
            No file manager answered. The history is kept here:
          </Dialog.Description>
        </div>
        <div className={popups.body}>
          <code className={styles.path}>{folder}</code>
        </div>
        <div className={popups.foot}>
          <CopyButton label="Copy the folder's path" words="Copy path" copy={() => copy(folder)} />
          <Dialog.Close render={<Button look="primary" />}>Close</Dialog.Close>
        </div>
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
);
