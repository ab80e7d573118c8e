import { useEffect, useState } from 'react';
import { ask } from '../state.ts';

const restMs = 250;

/** How many unread entries a query finds, loaded or not; null while that is not known. `unseen`: of all, counted anew when it changes. */
export function useUnread(asked: string, unseen: number): number | null {
  const [known, setKnown] = useState({ asked: '', unread: 0 });

  useEffect(() => {
    if (asked === '' || unseen === 0) return;
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
  }, [asked, unseen]);

  if (asked === '' || unseen === 0) return unseen;
  return known.asked === asked ? Math.min(known.unread, unseen) : null;
}
