import { useEffect, useState } from 'react';
import { ask } from '../state.ts';

const restMs = 250;

/** The unread entries that a query finds, loaded or not; null where there are too many to count them each time. */
type Known = { readonly asked: string; readonly unread: number | null };

/** How many unread entries a query finds; null while that is not known. `unseen`: of all, counted anew when it changes. */
export function useUnread(asked: string, unseen: number): number | null {
  const [known, setKnown] = useState<Known | null>(null);
  const mine = known?.asked === asked ? known : null;
  const isTooLong = mine !== null && mine.unread === null;

  useEffect(() => {
    if (asked === '' || unseen === 0 || isTooLong) return;
    let isCurrent = true;
    const count = async () => {
      const unread = await ask('countUnread', { query: asked });
      if (isCurrent) setKnown({ asked, unread });
    };
    const timer = setTimeout(() => void count().catch(console.error), restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked, unseen, isTooLong]);

  if (asked === '' || unseen === 0) return unseen;
  const unread = mine?.unread ?? null;
  return unread === null ? null : Math.min(unread, unseen);
}
