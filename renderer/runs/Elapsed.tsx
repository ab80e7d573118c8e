import type { StageView } from '../../shared/run.ts';
import { useNow } from '../clock.ts';
import styles from './Runs.module.css';

const width = 240;
const height = 6;
/** So many times the usual time fill the bar at least. */
const roomFor = 1.5;

type Props = { stage: StageView; tone: 'well' | 'overdue' | 'stuck' };

/** How far a stage that goes on is, beside a mark at its usual time. The line above says the same in words. */
export function Elapsed({ stage: { outcome, startedAt, usualMs }, tone }: Props) {
  const now = useNow();
  if (outcome !== 'going-on' || startedAt === null || usualMs === null || usualMs === 0)
    return null;
  const elapsed = Math.max(0, now - startedAt);
  const whole = Math.max(elapsed, usualMs * roomFor);
  const at = (ms: number) => Math.round((ms / whole) * width);
  return (
    <svg
      className={styles.elapsed}
      data-tone={tone}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className={styles.track} y={1} width={width} height={4} rx={2} />
      <rect className={styles.gone} y={1} width={Math.max(2, at(elapsed))} height={4} rx={2} />
      <rect className={styles.usual} x={at(usualMs) - 1} width={2} height={height} />
    </svg>
  );
}
