import { Pencil } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Settled } from '../../shared/ipc.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { whyNot } from '../words/problems.ts';
import styles from './Rename.module.css';

type Props = {
  /** What is named, for a screen reader. */
  what: string;
  ownName: string | null;
  onGive: (name: string | null) => Promise<Settled>;
  onDone: () => void;
};

const longest = 40;

/** Gives a thing a name of the person's own, in place. Enter saves, Escape leaves; the focus returns to the button. */
export function Rename({ what, ownName, onGive, onDone }: Props) {
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const returns = useRef(false);
  const close = () => {
    returns.current = true;
    setName(null);
    setError(undefined);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const why = await whyNot(onGive(name?.trim() || null));
    if (why === null) {
      close();
      onDone();
    } else setError(why);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const button = (found: HTMLButtonElement | null) => {
    if (found && returns.current) found.focus();
    returns.current = false;
  };

  if (name === null)
    return (
      <IconButton ref={button} label={`Name ${what}`} onClick={() => setName(ownName ?? '')}>
        <Pencil size={16} />
      </IconButton>
    );
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} onKeyDown={leave}>
      <TextField
        ref={focusOnce}
        label={`Your name for ${what}`}
        value={name}
        onChange={setName}
        maxLength={longest}
        error={error}
        hint="Left empty, the provider's name is shown."
      />
      <div className={styles.buttons}>
        <Button small submits look="primary">
          Save
        </Button>
        <Button small onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const focusOnce = (field: HTMLElement | null): void => field?.focus();
