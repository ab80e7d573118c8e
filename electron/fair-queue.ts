/** In bytes. Smaller bodies run at once. */
const smallBytes = 16 * 1024;
const sliceMs = 10;
const restFactor = 3;

type Work = () => void;

export type FairQueue = <T>(sourceId: string, bytes: number, work: () => T) => Promise<T>;

/**
 * Shares the main thread among large bodies (P7): one of 100,000 values takes tenths of a second. Sources take turns. After each slice of at
 * least 10 ms, the main thread is free for three times as long.
 */
export const createFairQueue = (): FairQueue => {
  const bySource = new Map<string, Work[]>();
  let isUnderway = false;

  const takeNext = (): Work | undefined => {
    const [first] = bySource;
    if (!first) return undefined;
    const [sourceId, queue] = first;
    const work = queue.shift();
    // The source moves behind all others.
    bySource.delete(sourceId);
    if (queue.length > 0) bySource.set(sourceId, queue);
    return work;
  };

  const go = (): void => {
    const startedAt = performance.now();
    let tookMs = 0;
    while (tookMs < sliceMs) {
      const work = takeNext();
      if (!work) break;
      work();
      tookMs = performance.now() - startedAt;
    }
    isUnderway = tookMs > 0;
    if (isUnderway) setTimeout(go, restFactor * tookMs);
  };

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

/** Settles with the result of `work`; rejects when it throws. Shared, since there is one main thread. */
export const fairQueue = createFairQueue();
