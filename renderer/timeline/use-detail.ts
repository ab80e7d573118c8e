import { useEffect, useState } from 'react';
import type { EntryDetail } from '../../shared/timeline.ts';
import { ask, onPush } from '../state.ts';

export type Detail =
  | { status: 'loading'; seq: number }
  | { status: 'ready'; seq: number; detail: EntryDetail }
  | { status: 'gone'; seq: number }
  | { status: 'failed'; seq: number };

/** For so long what was open before stays, so that going through a list does not flicker. */
const patienceMs = 120;

/** Everything about one entry, read again when its marks change; for a moment, of the one that was open before. */
export function useDetail(seq: number | null): Detail | null {
  const [known, setKnown] = useState<Detail | null>(null);

  useEffect(() => {
    if (seq === null) return setKnown(null);
    let current = true;
    const patience = setTimeout(
      () => setKnown((before) => (before?.seq === seq ? before : { status: 'loading', seq })),
      patienceMs,
    );
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
      if (push.what === 'forgotten' && seq <= push.upTo) void read();
    });
    return () => {
      current = false;
      clearTimeout(patience);
      stop();
    };
  }, [seq]);

  if (seq === null) return null;
  return known ?? { status: 'loading', seq };
}
