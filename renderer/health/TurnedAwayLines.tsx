import type { TurnedAway } from '../../shared/turned-away.ts';
import { Ago } from '../ui/Ago.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { count } from '../words.ts';
import { turnedAwayWords } from './turned-away-words.ts';

/** Each reason for which requests were turned away, how often, and when last. */
export const TurnedAwayLines = ({ turnedAway }: { turnedAway: TurnedAway[] }) => (
  <Card>
    {turnedAway.map(({ why, times, tests, lastAt }) => {
      const { label, hint } = turnedAwayWords[why];
      return (
        <Line key={why} label={label} hint={hint}>
          <span>
            {count(times, 'time')}
            {tests > 0 ? `, ${count(tests, 'test')} among them` : ''}, last <Ago at={lastAt} />
          </span>
        </Line>
      );
    })}
  </Card>
);
