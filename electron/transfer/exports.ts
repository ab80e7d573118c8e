import type { Matcher } from '../../shared/matching.ts';
import type { Archive } from '../history/archive.ts';
import { entriesMatching } from '../history/record.ts';
import type { Mask } from '../masking.ts';
import { csvLines } from './csv.ts';
import { exportLines } from './export.ts';

export type ExportsOptions = {
  readonly archive: Pick<Archive, 'history' | 'quarantine'>;
  /** Epoch ms. */
  readonly now: () => number;
  /** Makes the mask of the current secrets, for each export. */
  readonly masking: () => Mask;
};

/** Exports of the whole history, or of the matching entries. */
export type Exports = {
  /** A table, see `csvLines`. */
  csvLines(matches?: Matcher): AsyncIterable<string>;
  /** JSON Lines, see `exportLines`. */
  exportLines(withQuarantine: boolean, matches?: Matcher): AsyncIterable<string>;
};

export const createExports = ({ archive, now, masking }: ExportsOptions): Exports => {
  const { history, quarantine } = archive;
  return {
    csvLines: (matches = all) => csvLines(entriesMatching(history, matches), masking()),
    exportLines: (withQuarantine, matches = all) =>
      exportLines(entriesMatching(history, matches), withQuarantine ? quarantine : null, {
        now: now(),
        masking: masking(),
      }),
  };
};

const all: Matcher = () => true;
