import * as z from 'zod/mini';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { contains, type Ranges, withRange } from './log/ranges.ts';

const Saved = z.object({ released: z.array(z.tuple([z.int(), z.int()])) });

/** The numbers of rejected deliveries that were admitted after all and are in the history now. */
export type Released = {
  has(number: number): boolean;
  ranges(): Ranges;
  /** Whether an admission can be noted; if not, the delivery would be admitted again at the next start. */
  canAdd(): boolean;
  /** Throws the system's error; the number is written with the next one then. */
  add(number: number): void;
};

export const openReleased = (folder: Folder, report: (trouble: string) => void): Released => {
  const store = openSmallStore<{ released: Ranges }>({
    folder,
    name: 'released',
    parse: (value) => Saved.parse(value),
  });
  const found = store.read();
  reportTrouble(
    found,
    'released.json was damaged: what was admitted is listed as rejected again',
    report,
  );
  let released = found.status === 'fine' ? found.value.released : [];
  return {
    has: (number) => contains(released, number),
    ranges: () => released,
    canAdd: () => {
      try {
        store.demandWritable();
        return true;
      } catch {
        return false;
      }
    },
    add: (number) => {
      released = withRange(released, number, number);
      store.write({ released });
    },
  };
};
