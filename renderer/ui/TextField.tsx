import { Field } from '@base-ui/react/field';
import type { Ref } from 'react';
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
  ref?: Ref<HTMLElement>;
};

export function TextField(props: Props) {
  const { label, value, onChange, hint, error, optional, secret, type, lines, maxLength, ref } =
    props;

  return (
    <Field.Root className={styles.field} invalid={error !== undefined}>
      <Field.Label className={styles.label}>
        {label}
        {optional ? <span className={styles.optional}>optional</span> : null}
      </Field.Label>
      <Field.Control
        ref={ref}
        className={styles.control}
        value={value}
        onValueChange={onChange}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        data-code={secret || lines ? true : undefined}
        {...(lines
          ? { render: <textarea rows={lines} /> }
          : { type: secret ? 'password' : (type ?? 'text') })}
      />
      {error === undefined ? null : (
        <Field.Error className={styles.error} match>
          {error}
        </Field.Error>
      )}
      {hint ? <Field.Description className={styles.hint}>{hint}</Field.Description> : null}
    </Field.Root>
  );
}
