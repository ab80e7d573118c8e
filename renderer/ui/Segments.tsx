import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import styles from './Segments.module.css';

type Props<T extends string> = {
  label: string;
  value: T;
  choices: { value: T; label: string }[];
  /** Also called for the chosen one: a choice may be under way that is not shown yet. */
  onChange: (value: T) => void;
};

export function Segments<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const choose = ([chosen = value]: unknown[]) => {
    const choice = choices.find((one) => one.value === chosen);
    if (choice) onChange(choice.value);
  };

  return (
    <ToggleGroup
      className={styles.segments}
      aria-label={label}
      value={[value]}
      onValueChange={choose}
    >
      {choices.map((choice) => (
        <Toggle key={choice.value} value={choice.value} className={styles.segment}>
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
