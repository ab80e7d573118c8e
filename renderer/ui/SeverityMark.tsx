import type { Severity } from '../../shared/kinds.ts';
import styles from './SeverityMark.module.css';

export const severityWords = {
  info: 'Information',
  success: 'Success',
  warning: 'Warning',
  error: 'Error',
} satisfies Record<Severity, string>;

type Props = { severity: Severity; isSpoken?: boolean };

/** Each severity has a shape of its own beside its colour. As large as `--size`, else 16 px. */
export function SeverityMark({ severity, isSpoken = false }: Props) {
  const spoken = isSpoken
    ? { role: 'img', 'aria-label': `${severityWords[severity]}.` }
    : { 'aria-hidden': true };
  return <span className={styles.mark} data-severity={severity} {...spoken} />;
}
