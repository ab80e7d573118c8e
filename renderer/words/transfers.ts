import { number } from '../../shared/english.ts';
import type { Transfer } from '../../shared/transfer.ts';

/** "12,345 of 100,000", or "12,345 so far". */
export const transferWords = ({ done, of }: Transfer): string =>
  of === null ? `${number(done)} so far` : `${number(done)} of ${number(of)}`;
