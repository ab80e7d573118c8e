import { count } from '../../shared/english.ts';
import type { RefusalCount } from '../../shared/refusals.ts';
import { Ago } from '../ui/Ago.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { refusalWords } from '../words/refusals.ts';

export const RefusalLines = ({ refusals }: { refusals: RefusalCount[] }) => (
  <Card>
    {refusals.map(({ why, times, tests, lastAt }) => {
      const { label, hint } = refusalWords[why];
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
