import { networkOf } from '../addresses.ts';

const windowMs = 60_000;

export const rejectedBytesPerMinute = 8 * 1024 * 1024;
/** The smallest write costs a block of the disk. */
const blockBytes = 4096;

export type Writing = {
  readonly bytes: number;
  /** It looks like a delivery of its provider. */
  readonly plausible: boolean;
  readonly sourceId: string;
  /** See `senderKey`. */
  readonly sender: string | null;
};

type Spent = { bytes: number; readonly byNetwork: Map<string | null, number> };

/**
 * The bytes that rejected deliveries may write within a minute (R13). Noise may write half of them. Of the rest, a source gets at most half
 * of what the others leave, and a network at most half of its source's part (P7). Without an address the senders of a source are one. Times
 * are epoch ms; a clock that was set back begins a new minute.
 */
export const createWriteBudget = (bytesPerMinute = rejectedBytesPerMinute) => {
  const half = bytesPerMinute / 2;
  const bySource = new Map<string, Spent>();
  let begunAt = Number.NEGATIVE_INFINITY;
  let spent = 0;
  let spentOnNoise = 0;

  const begin = (at: number): void => {
    bySource.clear();
    [begunAt, spent, spentOnNoise] = [at, 0, 0];
  };

  const spendOnNoise = (cost: number): boolean => {
    if (spentOnNoise + cost > half || spent + spentOnNoise + cost > bytesPerMinute) return false;
    spentOnNoise += cost;
    return true;
  };

  const spendShare = (cost: number, { sourceId, sender }: Writing): boolean => {
    const network = networkOf(sender);
    const source = bySource.get(sourceId) ?? { bytes: 0, byNetwork: new Map() };
    const ofNetwork = source.byNetwork.get(network) ?? 0;
    const partOfSource = (bytesPerMinute - spentOnNoise - (spent - source.bytes)) / 2;
    const leftToNetwork = partOfSource - (source.bytes - ofNetwork);
    const partOfNetwork = network === null ? leftToNetwork : leftToNetwork / 2;
    if (ofNetwork + cost > partOfNetwork) return false;
    bySource.set(sourceId, source);
    source.byNetwork.set(network, ofNetwork + cost);
    source.bytes += cost;
    spent += cost;
    return true;
  };

  return {
    /** False where there are not enough bytes left. `at`: epoch ms. */
    spend: (writing: Writing, at: number): boolean => {
      if (Math.abs(at - begunAt) >= windowMs) begin(at);
      const cost = Math.max(writing.bytes, blockBytes);
      return writing.plausible ? spendShare(cost, writing) : spendOnNoise(cost);
    },
  };
};
