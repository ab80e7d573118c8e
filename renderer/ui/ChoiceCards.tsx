import { type ReactNode, useId } from 'react';
import styles from './ChoiceCards.module.css';

type Choice<T extends string> = { value: T; label: string; hint?: string; icon?: ReactNode };
type Props<T extends string> = {
  label: string;
  value: T | null;
  choices: Choice<T>[];
  onChange: (value: T) => void;
};

export function ChoiceCards<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const name = useId();
  return (
    <div className={styles.field}>
      <span className={styles.title} aria-hidden="true">
        {label}
      </span>
      <div role="radiogroup" className={styles.group} aria-label={label}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            {choice.icon}
            <span className={styles.words}>
              <span className={styles.label}>{choice.label}</span>
              {choice.hint ? <span className={styles.hint}>{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
