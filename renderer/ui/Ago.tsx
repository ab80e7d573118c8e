import { useNow } from '../clock.ts';
import { ago, exactTime, iso, lasting, rowTime } from '../time.ts';

type Form = 'ago' | 'row' | 'lasting';
type Props = { at: number; now: number; form?: Form };

const wordsOf = { ago, row: rowTime, lasting } satisfies Record<Form, typeof ago>;

export function TimeWords({ at, now, form = 'ago' }: Props) {
  const exact = exactTime(at);
  return (
    <time dateTime={iso(at)} title={exact}>
      {wordsOf[form](at, now)}
    </time>
  );
}

/** A time that ticks without drawing its parent. */
export const Ago = ({ at, form = 'ago' }: Omit<Props, 'now'>) => (
  <TimeWords at={at} now={useNow()} form={form} />
);
