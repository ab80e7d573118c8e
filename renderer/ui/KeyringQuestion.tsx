import { Button } from './Button.tsx';
import { takeFocus } from './focus.ts';
import { ModalBody, ModalFoot } from './Modal.tsx';

type Props = { busy: boolean; onKeep: () => void; onBack: () => void };

/** Secrets are stored without a keyring only where the person agrees. */
export const KeyringQuestion = ({ busy, onKeep, onBack }: Props) => (
  <>
    <ModalBody>
      <p>
        This computer has no keyring that Hookbell can use, so the secret part of the URL and the
        signing secrets cannot be encrypted.
      </p>
      <br />
      <p>
        They can be kept in a file that only your user account can read. Programs that you run could
        read it too. If you install or unlock a keyring such as GNOME Keyring or KWallet first, they
        are encrypted.
      </p>
    </ModalBody>
    <ModalFoot>
      <Button ref={takeFocus} onClick={onBack}>
        Back
      </Button>
      <Button look="primary" disabled={busy} onClick={onKeep}>
        Keep them in a file
      </Button>
    </ModalFoot>
  </>
);
