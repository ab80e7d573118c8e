import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { Failure } from './Failure.tsx';
import { Modal, ModalBody, ModalFoot } from './Modal.tsx';

type Props = {
  title: string;
  verb: string;
  dangerous?: boolean;
  children: ReactNode;
  onConfirm: () => Promise<string | null>;
  onClose: () => void;
};

/** Asks before something that cannot be undone, and names it. */
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
    <Modal title={title} description={children} width={420} kind="question" onClose={onClose}>
      {failure === null ? null : (
        <ModalBody>
          <Failure title={failure} />
        </ModalBody>
      )}
      <ModalFoot>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look={dangerous ? 'danger' : 'primary'}
          disabled={busy}
          onClick={() => void confirm()}
        >
          {verb}
        </Button>
      </ModalFoot>
    </Modal>
  );
}
