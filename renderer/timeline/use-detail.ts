import { useEffect, useState } from 'react';
import type { EntryDetail } from '../../shared/timeline.ts';
import { ask, onPush } from '../state.ts';

export type Detail =
  | { status: 'loading'; seq: number }
  | { status: 'ready'; seq: number; detail: EntryDetail }
  | { status: 'gone'; seq: number }
  | { status: 'failed'; seq: number };

/** Everything about one entry, read again when its marks change. */
export function useDetail(seq: number | null): Detail | null {
  const [known, setKnown] = useState<Detail | null>(null);

  useEffect(() => {
    if (seq === null) return;
    let current = true;
    const read = async () => {
      try {
        const detail = await ask('entry', { seq });
        if (current) {
          setKnown(detail ? { status: 'ready', seq, detail } : { status: 'gone', seq });
        }
      } catch (error) {
        console.error(error);
        if (current) setKnown({ status: 'failed', seq });
      }
    };
    void read();
    const stop = onPush((push) => {
      if (push.what === 'changed' && push.entries.some((entry) => entry.seq === seq)) void read();
    });
    return () => {
      current = false;
      stop();
    };
  }, [seq]);

  if (seq === null) return null;
  return known?.seq === seq ? known : { status: 'loading', seq };
}
