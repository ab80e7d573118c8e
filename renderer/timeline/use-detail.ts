import { useEffect, useState } from 'react';
import type { Push } from '../../shared/ipc.ts';
import { isInRanges } from '../../shared/seq-ranges.ts';
import type { EntryDetail } from '../../shared/timeline.ts';
import { ask, onPush } from '../state.ts';

export type Detail =
  | { status: 'loading'; seq: number }
  | { status: 'ready'; seq: number; detail: EntryDetail }
  | { status: 'gone'; seq: number }
  | { status: 'failed'; seq: number };

/** The detail before stays for so long, so that stepping through a list does not flicker. */
const patienceMs = 120;

const concerns = (push: Push, seq: number): boolean => {
  if (push.what === 'changed') return push.entries.some((entry) => entry.seq === seq);
  if (push.what === 'marked') return push.changes.some(({ ranges }) => isInRanges(ranges, seq));
  if (push.what === 'decided') return push.decided.some((decided) => decided.seq === seq);
  return push.what === 'removed' && seq <= push.upTo;
};

/** The detail of an entry, read again when its marks change. For a moment it may be that of the entry before. */
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
      if (concerns(push, seq)) void read();
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
