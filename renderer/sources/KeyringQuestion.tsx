import { Button } from '../ui/Button.tsx';
import { takeFocus } from '../ui/focus.ts';
import popups from '../ui/Popups.module.css';

type Props = { busy: boolean; onKeep: () => void; onBack: () => void };

/** Storing weaker than the person may expect is never done without asking. */
export const KeyringQuestion = ({ busy, onKeep, onBack }: Props) => (
  <>
    <div className={popups.body}>
      <p>
        This computer has no keyring that Hookbell can use, so the secret part of the URL and the
        signing secrets cannot be encrypted.
      </p>
      <br />
      <p>
        They can be kept in a file that only your user account can read. Programs that you run could
        read it too. If you install a keyring such as GNOME Keyring or KWallet first, they are
        encrypted.
      </p>
    </div>
    <div className={popups.foot}>
      <Button ref={takeFocus} onClick={onBack}>
        Back
      </Button>
      <Button look="primary" disabled={busy} onClick={onKeep}>
        Keep them in a file
      </Button>
    </div>
  </>
);
