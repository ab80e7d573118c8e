import { useNow } from '../clock.ts';
import { ago, exactTime, iso, rowTime } from '../time.ts';

type Props = { at: number; now: number; form?: 'ago' | 'row' };

export function TimeWords({ at, now, form = 'ago' }: Props) {
  const exact = exactTime(at);
  return (
    <time dateTime={iso(at)} title={exact}>
      {form === 'row' ? rowTime(at, now) : ago(at, now)}
    </time>
  );
}

/** Ticks by itself, so that what stands around it need not. */
export const Ago = ({ at, form = 'ago' }: Omit<Props, 'now'>) => (
  <TimeWords at={at} now={useNow()} form={form} />
);
