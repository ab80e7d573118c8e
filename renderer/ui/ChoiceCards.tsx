import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import styles from './ChoiceCards.module.css';

type Choice<T extends string> = { value: T; label: string; hint?: string; icon?: ReactNode };
type Props<T extends string> = {
  label: string;
  value: T | null;
  choices: Choice<T>[];
  onChange: (value: T) => void;
};

export function ChoiceCards<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const choose = (chosen: unknown) => {
    const choice = choices.find((one) => one.value === chosen);
    if (choice) onChange(choice.value);
  };

  return (
    <div className={styles.field}>
      <span className={styles.title} aria-hidden="true">
        {label}
      </span>
      <RadioGroup
        className={styles.group}
        aria-label={label}
        value={value ?? ''}
        onValueChange={choose}
      >
        {choices.map((choice) => (
          <Radio.Root key={choice.value} value={choice.value} className={styles.choice}>
            <span className={styles.radio}>
              <Radio.Indicator className={styles.point} />
            </span>
            {choice.icon}
            <span className={styles.words}>
              <span className={styles.label}>{choice.label}</span>
              {choice.hint ? <span className={styles.hint}>{choice.hint}</span> : null}
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  );
}
