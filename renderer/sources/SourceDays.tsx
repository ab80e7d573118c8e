import { type KeyboardEvent, useId, useState } from 'react';
import { rejectionCounts } from '../../shared/rejections.ts';
import type { Source } from '../../shared/source.ts';
import { useToday } from '../clock.ts';
import { dayName } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import {
  countSentence,
  countWords,
  type DayCounts,
  lastDays,
  lastRejections,
  shownDays,
  sumOf,
} from './days.ts';
import styles from './SourceDays.module.css';

/** What reached a source in the last 14 days, and when something last did. Nothing where nothing ever came. */
export function SourceDays({ source }: { source: Source }) {
  const today = useToday();
  const { lastAcceptedAt, lastTestAt } = source;
  if (source.accepted + source.rejected + source.tests === 0) return null;
  const days = lastDays(source.days, today);
  const rejections = lastRejections(source, today);

  return (
    <div className={styles.health}>
      <p>
        {lastAcceptedAt === null ? (
          'No real delivery was accepted yet'
        ) : (
          <>
            Last real delivery <Ago at={lastAcceptedAt} />
          </>
        )}
        {lastTestAt === null ? null : (
          <>
            , last test <Ago at={lastTestAt} />
          </>
        )}
      </p>
      <Sums days={days} />
      <Chart days={days} today={today} name={source.name} />
      {rejections.length > 0 ? <p>Rejected: {rejectionCounts(rejections)}</p> : null}
    </div>
  );
}

/** The sums, and what the marks of the chart mean. */
function Sums({ days }: { days: DayCounts[] }) {
  const sums = countWords(sumOf(days));
  return (
    <p>
      Last {shownDays} days:{sums.length === 0 ? ' nothing' : ''}
      {sums.map(({ what, words }) => (
        <span key={what} className={styles.sum}>
          <span className={styles.part} data-what={what} /> {words}
        </span>
      ))}
    </p>
  );
}

type ChartProps = { days: DayCounts[]; today: number; name: string };

/** A column for each day, oldest left. The line below says what is in the one under the pointer, or the one the arrow keys reached. */
function Chart({ days, today, name }: ChartProps) {
  const id = useId();
  const [place, setPlace] = useState<number | null>(null);
  const most = Math.max(1, ...days.map((day) => day.accepted + day.rejected + day.tests));
  const wordsOf = (day: DayCounts) => `${dayName(day.at, today)}: ${countSentence(day)}`;
  const chosen = place === null ? undefined : days[place];

  const move = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, place ?? days.length);
    if (next === null) return;
    event.preventDefault();
    setPlace(Math.min(Math.max(next, 0), days.length - 1));
  };

  return (
    <div>
      <div
        role="listbox"
        aria-label={`Deliveries to ${name}, by day`}
        aria-orientation="horizontal"
        aria-activedescendant={place === null ? undefined : `${id}${place}`}
        tabIndex={0}
        className={styles.chart}
        onKeyDown={move}
        onFocus={() => setPlace((known) => known ?? days.length - 1)}
        onBlur={() => setPlace(null)}
        onPointerLeave={() => setPlace(null)}
      >
        {days.map((day, at) => (
          <Day
            key={day.at}
            id={`${id}${at}`}
            day={day}
            most={most}
            words={wordsOf(day)}
            chosen={at === place}
            onChoose={() => setPlace(at)}
          />
        ))}
      </div>
      <p className={styles.said} aria-hidden="true">
        {chosen ? (
          wordsOf(chosen)
        ) : (
          <>
            <span>{dayName(days[0]?.at ?? today, today)}</span>
            <span>Today</span>
          </>
        )}
      </p>
    </div>
  );
}

type DayProps = {
  id: string;
  day: DayCounts;
  most: number;
  words: string;
  chosen: boolean;
  onChoose: () => void;
};

const Day = ({ id, day, most, words, chosen, onChoose }: DayProps) => (
  <div
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={chosen}
    aria-label={words}
    className={styles.day}
    onPointerEnter={onChoose}
  >
    {countWords(day).map(({ what, times }) => (
      <span
        key={what}
        className={styles.part}
        data-what={what}
        style={{ height: `${(times / most) * 100}%` }}
      />
    ))}
  </div>
);

function placeAfter(key: string, place: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return place - 1;
    case 'ArrowRight':
      return place + 1;
    case 'Home':
      return 0;
    case 'End':
      return shownDays - 1;
    default:
      return null;
  }
}
