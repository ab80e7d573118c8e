import type { Transfer } from '../../shared/transfer.ts';
import { number } from '../words.ts';

/** How far it is: "12,345 of 100,000", or "12,345 so far" where nobody knows of how many. */
export const transferWords = ({ done, of }: Transfer): string =>
  of === null ? `${number(done)} so far` : `${number(done)} of ${number(of)}`;
