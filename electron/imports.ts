import * as z from 'zod/mini';
import type { Retention } from '../shared/settings.ts';
import type { ImportResult } from '../shared/transfer.ts';
import { diskWords } from './disk-watch.ts';
import type { FileLine } from './file-lines.ts';
import type { Folder } from './history/folder.ts';
import type { History } from './history/history.ts';
import { type ExportFile, type Imported, importLines } from './history/import.ts';
import { roomFor } from './history/retention.ts';
import { openSmallStore, type Telling, tellFound } from './history/small-store.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { Sources } from './setup/sources.ts';
import { CalledOff, type Progress, type Transfers } from './transfers.ts';
import type { Edges } from './world.ts';

export type ImportsOptions = Telling & {
  readonly edges: Pick<Edges, 'now' | 'readLines'>;
  /** Where the history is: that an import into it is unfinished goes where it goes. */
  readonly folder: Folder;
  readonly history: History;
  readonly settings: SettingsStore;
  readonly sources: Pick<Sources, 'find'>;
  readonly transfers: Pick<Transfers, 'during'>;
  /** Entries up to this one may have come from a file. */
  readonly onImported: (lastSeq: number) => Promise<void>;
  readonly onChange: () => void;
};

export type Imports = ReturnType<typeof createImports>;

const Kept = z.object({ unfinished: z.boolean() });

/** Imports, and what became of the last one. That one is unfinished is on disk before its first entry, and until it is read on. */
export const createImports = (options: ImportsOptions) => {
  const { edges, folder, history, settings, sources, transfers, onImported, onChange } = options;
  const store = openSmallStore<z.infer<typeof Kept>>({
    ...{ folder, name: 'import', readOnly: history.readOnly },
    parse: (value) => Kept.parse(value),
  });
  const found = store.read();
  tellFound(found, 'import.json was damaged: an import that was begun cannot be read on', options);
  let isUnfinished = ('value' in found && found.value?.unfinished) ?? false;
  let last: ImportResult | null = isUnfinished ? { status: 'unfinished' } : null;
  let sourceIds: ReadonlySet<string> = new Set();
  let isUnderWay = false;

  function remember(unfinished: boolean): void {
    store.write({ unfinished });
    if (!store.holds({ unfinished }))
      throw new Error('import.json does not read back as it was written');
    isUnfinished = unfinished;
  }

  async function read(): Promise<ImportResult | null> {
    const lines = await edges.readLines();
    if (!lines) return null;
    const became = await transfers.during('import', (progress) => readFrom(lines, progress));
    if (!became) return null;
    last = became;
    if ('entries' in became) await onImported(history.lastSeq);
    return result();
  }

  async function readFrom(
    lines: () => AsyncIterable<FileLine>,
    progress: Progress,
  ): Promise<ImportResult | null> {
    const before = settings.retention;
    let rejected = 0;
    const onBegin = (file: ExportFile) => {
      remember(true);
      ({ rejected, sourceIds } = file);
      if (before) makeRoom(before, file);
    };
    try {
      const imported = await importLines({
        ...{ lines, history, isUnfinished, progress, onBegin, now: edges.now() },
      });
      if (imported.status === 'done') finish();
      const days = settings.retention?.days ?? 0;
      const keptForDays = before && days > before.days ? days : null;
      return resultOf(imported, { keptForDays, rejected });
    } catch (error) {
      return error instanceof CalledOff ? null : { status: 'failed' };
    }
  }

  function makeRoom(before: Retention, file: ExportFile): void {
    const wanted = roomFor(file, before, edges.now());
    const isWider = wanted.days > before.days || wanted.entries > before.entries;
    if (isWider) settings.change({ retention: wanted });
  }

  function finish(): void {
    try {
      remember(false);
    } catch {
      // Read on once more, it finds that everything is here.
    }
  }

  const result = (): ImportResult | null =>
    last?.status === 'done' ? { ...last, strangeSources: countStrange() } : last;

  const countStrange = () => [...sourceIds].filter((id) => !sources.find(id)).length;

  return {
    /** Reads an export the person chooses. Null when they thought better of it before anything was read, and while another is read. */
    read: async (): Promise<ImportResult | null> => {
      if (isUnderWay) return null;
      isUnderWay = true;
      try {
        return await read();
      } finally {
        isUnderWay = false;
        onChange();
      }
    },
    /** What became of the last one, until it is forgotten or another follows. */
    result,
    forget: (): void => {
      last = null;
      onChange();
    },
    /** What there is room for in the history: a whole file, the rest of the one that was begun, or nothing. */
    get room(): 'whole' | 'rest' | null {
      if (history.count === 0) return 'whole';
      return isUnfinished ? 'rest' : null;
    },
  };
};

const resultOf = (
  imported: Imported,
  told: { readonly keptForDays: number | null; readonly rejected: number },
): ImportResult => {
  const { keptForDays, rejected } = told;
  switch (imported.status) {
    case 'done':
      return { ...imported, keptForDays, rejected, strangeSources: 0 };
    case 'called-off':
      return { ...imported, keptForDays };
    case 'stopped': {
      const { error, ...counts } = imported;
      return { ...counts, keptForDays, message: diskWords(error) };
    }
    default:
      return imported;
  }
};
