/** Smaller bodies take too little time to wait for a turn. In bytes. */
const smallBytes = 16 * 1024;
/** A turn that has taken so long, in ms, ends with the body that it is at. */
const turnMs = 10;
const restFactor = 3;

type Work = () => void;

/**
 * Shares out main's time among large bodies (P7): 100,000 tiny values take tenths of a second to read. They are worked on one at a time,
 * the sources in turn, and after each turn main is left to everything else for three times as long.
 */
export const createWorkTurns = () => {
  const bySource = new Map<string, Work[]>();
  let isUnderway = false;

  const takeNext = (): Work | undefined => {
    const [first] = bySource;
    if (!first) return undefined;
    const [sourceId, queue] = first;
    const work = queue.shift();
    // The source goes behind all others.
    bySource.delete(sourceId);
    if (queue.length > 0) bySource.set(sourceId, queue);
    return work;
  };

  const go = (): void => {
    const startedAt = performance.now();
    let tookMs = 0;
    while (tookMs < turnMs) {
      const work = takeNext();
      if (!work) break;
      work();
      tookMs = performance.now() - startedAt;
    }
    isUnderway = tookMs > 0;
    if (isUnderway) setTimeout(go, restFactor * tookMs);
  };

  /** Settles with what `work` gives, when it is the source's turn; at once where the body has few bytes. Rejects where it throws. */
  return async <T>(sourceId: string, bytes: number, work: () => T): Promise<T> => {
    if (bytes <= smallBytes) return work();
    return new Promise<T>((resolve, reject) => {
      const queue = bySource.get(sourceId) ?? [];
      bySource.set(sourceId, queue);
      queue.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      if (isUnderway) return;
      isUnderway = true;
      setImmediate(go);
    });
  };
};

/** There is one main thread, whatever it works on. */
export const inTurn = createWorkTurns();
