import { type ReactNode, useId, useState } from 'react';

type Props = {
  /** Of the button. Opened, it has `data-panel-open`. */
  className: string | undefined;
  /** Of what it opens. */
  inside: string | undefined;
  label: ReactNode;
  defaultOpen?: boolean;
  children: ReactNode;
};

/** A button that opens in place what is below it. */
export function Fold({ className, inside, label, defaultOpen = false, children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(defaultOpen);
  return (
    <>
      <button
        type="button"
        className={className}
        data-panel-open={open || undefined}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open ? (
        <div id={id} className={inside}>
          {children}
        </div>
      ) : null}
    </>
  );
}
