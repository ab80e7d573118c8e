import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { Failure } from './Failure.tsx';
import popups from './Popups.module.css';

type Props = {
  title: string;
  verb: string;
  dangerous?: boolean;
  children: ReactNode;
  /** Null when it is done, otherwise why it was not. */
  onConfirm: () => Promise<string | null>;
  onClose: () => void;
};

/** Asks once more, where there is no way back: it names what happens. */
export function Confirm({ title, verb, dangerous, children, onConfirm, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const confirm = async () => {
    setBusy(true);
    const failed = await onConfirm().catch((error: unknown) => {
      console.error(error);
      return 'Hookbell could not do it. Try again.';
    });
    setBusy(false);
    if (failed === null) onClose();
    else setFailure(failed);
  };

  return (
    <AlertDialog.Root open onOpenChange={(open) => open || onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={popups.backdrop} />
        <AlertDialog.Popup className={popups.dialog} style={{ '--dialog-width': '420px' }}>
          <div className={popups.head}>
            <AlertDialog.Title>{title}</AlertDialog.Title>
            <AlertDialog.Description>{children}</AlertDialog.Description>
          </div>
          {failure === null ? null : (
            <div className={popups.body}>
              <Failure title={failure} />
            </div>
          )}
          <div className={popups.foot}>
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <Button
              look={dangerous ? 'danger' : 'primary'}
              disabled={busy}
              onClick={() => void confirm()}
            >
              {verb}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
