import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import type { FormEvent, ReactNode } from 'react';
import styles from './Modal.module.css';

type Props = {
  title: string;
  description?: ReactNode;
  /** CSS pixels; 480 where it is left out. */
  width?: number;
  /** A notice closes at a click beside it. A form and a question do not; a question is an alert to a screen reader. */
  kind: 'notice' | 'form' | 'question';
  open?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** Every dialog of the window. It traps the focus, closes at Escape, and gives the focus back to where it came from. */
export function Modal({ kind, open = true, onClose, ...content }: Props) {
  const close = (isOpen: boolean) => {
    if (!isOpen) onClose();
  };
  return kind === 'question' ? (
    <AlertDialog.Root open={open} onOpenChange={close}>
      <Content {...content} />
    </AlertDialog.Root>
  ) : (
    <Dialog.Root open={open} onOpenChange={close} disablePointerDismissal={kind === 'form'}>
      <Content {...content} />
    </Dialog.Root>
  );
}

type ContentProps = Pick<Props, 'title' | 'description' | 'width' | 'children'>;

const Content = ({ title, description, width, children }: ContentProps) => (
  <Dialog.Portal>
    <Dialog.Backdrop className={styles.backdrop} />
    <Dialog.Popup
      className={styles.dialog}
      style={width === undefined ? undefined : { '--dialog-width': `${width}px` }}
    >
      <div className={styles.head}>
        <Dialog.Title>{title}</Dialog.Title>
        {description ? <Dialog.Description>{description}</Dialog.Description> : null}
      </div>
      {children}
    </Dialog.Popup>
  </Dialog.Portal>
);

export const ModalBody = ({ children }: { children: ReactNode }) => (
  <div className={styles.body}>{children}</div>
);

export const ModalFoot = ({ children }: { children: ReactNode }) => (
  <div className={styles.foot}>{children}</div>
);

type FormProps = { onSubmit: () => void; children: ReactNode };

export function ModalForm({ onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
    </form>
  );
}
