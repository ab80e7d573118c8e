import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Severity } from '../../shared/kinds.ts';
import styles from './SeverityMark.module.css';

const icons = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: OctagonAlert,
} satisfies Record<Severity, unknown>;

export const severityWords = {
  info: 'Information',
  success: 'Success',
  warning: 'Warning',
  error: 'Error',
} satisfies Record<Severity, string>;

/** Octagon, triangle, circle: the shape says it before the colour does. */
export function SeverityMark({ severity, size = 16 }: { severity: Severity; size?: number }) {
  const Icon = icons[severity];
  return <Icon size={size} className={styles.mark} data-severity={severity} aria-hidden="true" />;
}
