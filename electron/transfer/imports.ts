import * as z from 'zod/mini';
import type { Retention } from '../../shared/settings.ts';
import type { ImportResult } from '../../shared/transfer.ts';
import type { History } from '../history/history.ts';
import { retentionFor } from '../history/retention.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import { diskWords } from '../storage/disk-watch.ts';
import type { FileLine } from '../storage/file-lines.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { type ExportFile, type Imported, importLines } from './import.ts';
import { Cancelled, type Progress, type Transfers } from './progress.ts';

export type ImportsOptions = {
  /** Receives a sentence about a file that is damaged or cannot be read. */
  readonly report: (trouble: string) => void;
  readonly edges: {
    /** Epoch ms. */
    readonly now: () => number;
    /** The lines of a file that the person chooses; null when they choose none. */
    readonly readLines: () => Promise<(() => AsyncIterable<FileLine>) | null>;
  };
  /** The history's folder: `import.json` must move with the history. */
  readonly folder: Folder;
  readonly history: History;
  readonly settings: SettingsStore;
  readonly sources: Pick<Sources, 'find'>;
  readonly transfers: Pick<Transfers, 'run'>;
  /** Entries up to `lastSeq` may be imported ones. */
  readonly onImported: (lastSeq: number) => Promise<void>;
  readonly onChange: () => void;
};

/** Imports of exports that the person chooses, and the last result. An unfinished import survives a restart. */
export type Imports = {
  /** Imports a file. Null when cancelled before the first entry, and while another import runs. */
  readonly read: () => Promise<ImportResult | null>;
  /** The last result, until it is dismissed. */
  readonly result: () => ImportResult | null;
  readonly dismiss: () => void;
  /** What can be imported: a whole file into an empty history, the rest of an unfinished import, or nothing, as long as an import is running. */
  readonly importable: 'whole' | 'rest' | null;
};

export const createImports = (options: ImportsOptions): Imports => {
  const { edges, history, sources, transfers, onImported, onChange } = options;
  const unfinished = openUnfinishedMark(options);
  let last: ImportResult | null = unfinished.isSet ? { status: 'unfinished' } : null;
  let sourceIds: ReadonlySet<string> = new Set();
  let isRunning = false;

  async function read(): Promise<ImportResult | null> {
    const lines = await edges.readLines();
    if (!lines) return null;
    const imported = await transfers.run('import', (progress) =>
      importFile(options, unfinished, {
        lines,
        progress,
        onBegin: (ids) => {
          sourceIds = ids;
        },
      }),
    );
    if (!imported) return null;
    last = imported;
    if ('entries' in imported) await onImported(history.lastSeq);
    return result();
  }

  const result = (): ImportResult | null =>
    last?.status === 'done' ? { ...last, unknownSources: countUnknown() } : last;

  const countUnknown = () => [...sourceIds].filter((id) => !sources.find(id)).length;

  return {
    read: async () => {
      if (isRunning) return null;
      isRunning = true;
      try {
        return await read();
      } finally {
        isRunning = false;
        onChange();
      }
    },
    result,
    dismiss: () => {
      last = null;
      onChange();
    },
    get importable() {
      if (isRunning) return null;
      if (history.count === 0) return 'whole';
      return unfinished.isSet ? 'rest' : null;
    },
  };
};

const SavedMark = z.object({ unfinished: z.boolean() });
type SavedMark = z.infer<typeof SavedMark>;

/** Whether an import is unfinished, on disk before its first entry. */
type UnfinishedMark = {
  readonly isSet: boolean;
  /** Throws when the file cannot be written. */
  readonly set: (isUnfinished: boolean) => void;
};

const openUnfinishedMark = ({
  folder,
  report,
}: Pick<ImportsOptions, 'folder' | 'report'>): UnfinishedMark => {
  const store = openSmallStore<SavedMark>({
    folder,
    name: 'import',
    parse: (value) => SavedMark.parse(value),
  });
  const found = store.read();
  const damage = 'import.json was damaged: an unfinished import cannot be resumed';
  reportTrouble(found, damage, report);
  let isSet = found.status === 'fine' && found.value.unfinished;

  return {
    get isSet() {
      return isSet;
    },
    set: (isUnfinished) => {
      const mark = { unfinished: isUnfinished };
      store.write(mark);
      if (!store.holds(mark)) throw new Error('import.json does not read back as it was written');
      isSet = isUnfinished;
    },
  };
};

type FileOptions = {
  readonly lines: () => AsyncIterable<FileLine>;
  readonly progress: Progress;
  readonly onBegin: (sourceIds: ReadonlySet<string>) => void;
};

/** Imports one file, with a wider retention where its entries need it. Null when cancelled before the first entry. */
async function importFile(
  { edges, history, settings }: ImportsOptions,
  unfinished: UnfinishedMark,
  { lines, progress, onBegin }: FileOptions,
): Promise<ImportResult | null> {
  const before = settings.retention;
  let rejected = 0;
  const begin = (file: ExportFile) => {
    unfinished.set(true);
    rejected = file.rejected;
    onBegin(file.sourceIds);
    if (before) widenRetention(settings, before, retentionFor(file, before, edges.now()));
  };
  try {
    const imported = await importLines({
      lines,
      history,
      isUnfinished: unfinished.isSet,
      progress,
      onBegin: begin,
      now: edges.now(),
    });
    if (imported.status === 'done') finish(unfinished);
    const days = settings.retention?.days ?? 0;
    const keptForDays = before && days > before.days ? days : null;
    return resultOf(imported, { keptForDays, rejected });
  } catch (error) {
    return error instanceof Cancelled ? null : { status: 'failed' };
  }
}

function widenRetention(settings: SettingsStore, before: Retention, wanted: Retention): void {
  const isWider = wanted.days > before.days || wanted.entries > before.entries;
  if (isWider) settings.change({ retention: wanted });
}

function finish(unfinished: UnfinishedMark): void {
  try {
    unfinished.set(false);
  } catch {
    // A resumed import finds all entries present.
  }
}

const resultOf = (
  imported: Imported,
  extra: { readonly keptForDays: number | null; readonly rejected: number },
): ImportResult => {
  const { keptForDays, rejected } = extra;
  switch (imported.status) {
    case 'done':
      return { ...imported, keptForDays, rejected, unknownSources: 0 };
    case 'cancelled':
      return { ...imported, keptForDays };
    case 'stopped': {
      const { error, ...counts } = imported;
      return { ...counts, keptForDays, message: diskWords(error) };
    }
    default:
      return imported;
  }
};
