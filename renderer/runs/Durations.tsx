import { count, sentence } from '../../shared/english.ts';
import type { StageDurations } from '../../shared/run.ts';
import { span } from '../time.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import styles from './Runs.module.css';
import { stageWords, userName } from './words.ts';

const height = 32;
const step = 9;
const bar = 7;

export const Durations = ({ durations }: { durations: StageDurations[] }) => (
  <ul className={`${lists.card} ${lists.divided}`}>
    {durations.map((one) => (
      <li
        key={`${one.sourceId} ${one.userId} ${one.simulated} ${one.stage}`}
        className={styles.chart}
      >
        <div className={styles.words}>
          <div className={styles.name}>{sentence(stageWords[one.stage])}</div>
          <div className={styles.line}>
            <ExternalText text={userName(one)} />
            {' · '}
            {wordsOf(one)}
          </div>
        </div>
        <Bars lasted={one.lasted} />
      </li>
    ))}
  </ul>
);

/** What the bars show, in words. */
function wordsOf({ lasted, usualMs }: StageDurations): string {
  const all = lasted.map(({ ms }) => ms);
  const [shortest, longest] = [span(Math.min(...all)), span(Math.max(...all))];
  const range = all.length > 0 && shortest !== longest ? `, ${shortest} to ${longest}` : '';
  const newest = all.at(-1) ?? usualMs;
  return `usually ${span(usualMs)}, last ${span(newest)} (${count(all.length, 'run')}${range})`;
}

/** Oldest left. The words beside it say the same. */
function Bars({ lasted }: Pick<StageDurations, 'lasted'>) {
  const longest = Math.max(1, ...lasted.map(({ ms }) => ms));
  return (
    <svg
      className={styles.bars}
      width={lasted.length * step}
      height={height}
      viewBox={`0 0 ${lasted.length * step} ${height}`}
      aria-hidden="true"
    >
      {lasted.map(({ seq, ms }, place) => {
        const tall = Math.max(2, Math.round((ms / longest) * height));
        return (
          <rect key={seq} x={place * step} y={height - tall} width={bar} height={tall} rx={1} />
        );
      })}
    </svg>
  );
}
