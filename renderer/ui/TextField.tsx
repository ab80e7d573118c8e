import { useId } from 'react';
import styles from './TextField.module.css';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  /** A password field. */
  secret?: boolean;
  type?: 'date';
  lines?: number;
  maxLength?: number;
  ref?: (control: HTMLElement | null) => void;
};

export function TextField(props: Props) {
  const { label, value, onChange, hint, error, optional, secret, type, lines, maxLength, ref } =
    props;

  const id = useId();
  const control = {
    id,
    ref,
    className: styles.control,
    value,
    maxLength,
    autoComplete: 'off',
    spellCheck: false,
    'data-code': secret || lines ? true : undefined,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': `${id}error ${id}hint`,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };

  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional ? <span className={styles.optional}>optional</span> : null}
      </label>
      {lines ? (
        <textarea {...control} rows={lines} />
      ) : (
        <input {...control} type={secret ? 'password' : (type ?? 'text')} />
      )}
      {error === undefined ? null : (
        <p id={`${id}error`} className={styles.error}>
          {error}
        </p>
      )}
      {hint ? (
        <p id={`${id}hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
