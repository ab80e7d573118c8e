import type { Answers } from '../shared/ipc.ts';
import { type Matcher, matcherOf, type Names } from '../shared/matching.ts';
import { isAsking, parseQuery } from '../shared/query.ts';
import type { History } from './history/history.ts';
import type { Kept } from './history/kept.ts';
import type { Imports } from './imports.ts';
import { providers } from './providers/index.ts';
import { ofTheFile } from './setup/file-format.ts';
import type { createRestoring } from './setup/restoring.ts';
import type { SettingsStore, StoredSource } from './setup/settings.ts';
import { settingsFileOf } from './setup/settings-file.ts';
import type { Sources } from './setup/sources.ts';
import { CalledOff, type Transfers } from './transfers.ts';
import type { Edges } from './world.ts';

export type FileAnswerOptions = {
  readonly edges: Pick<Edges, 'now' | 'saveLines' | 'readSettings'>;
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly history: History;
  readonly kept: Kept;
  readonly transfers: Transfers;
  readonly imports: Imports;
  readonly restoring: ReturnType<typeof createRestoring>;
  readonly names: () => Names;
};

type FileAnswers = Pick<
  Answers,
  | 'exportHistory'
  | 'callOffTransfer'
  | 'importHistory'
  | 'forgetImport'
  | 'saveSettings'
  | 'openSettingsFile'
>;

/** Answers that go to a file the person chooses, or come from one. */
export const createFileAnswers = (options: FileAnswerOptions): FileAnswers => {
  const { edges, settings, sources, history, kept, transfers, imports, restoring, names } = options;
  return {
    exportHistory: async ({ format, query = '' }) => {
      const asked = parseQuery(query, edges.now());
      const fits = matcherOf(asked, names());
      const matches: Matcher = (entry, facts) => {
        transfers.goOn();
        return fits(entry, facts);
      };
      // The first line of a table names its columns.
      const headings = format === 'csv' ? 1 : 0;
      const whole = { what: format === 'csv' ? 'table' : 'all', of: history.count } as const;
      const part = isAsking(asked) ? ({ what: 'found', of: null } as const) : whole;
      const lines = format === 'csv' ? kept.csvLines(matches) : kept.exportLines(false, matches);
      try {
        const saved = await edges.saveLines(
          transfers.following({ ...part, headings }, lines),
          part.what === 'found'
            ? { title: 'Export the events found', name: 'hookbell-found', format }
            : { title: 'Export history', name: 'hookbell-history', format },
        );
        if (!saved) return null;
        const { name, folder } = saved;
        return { entries: saved.lines - headings, name, folder };
      } catch (error) {
        if (error instanceof CalledOff) return null;
        throw error;
      }
    },
    callOffTransfer: transfers.callOff,
    importHistory: imports.read,
    forgetImport: imports.forget,
    saveSettings: async () => {
      const hasSecret = (source: StoredSource) =>
        sources.isLocked(source)
          ? providers.get(source.provider)?.info.secret !== 'none'
          : source.awaitsSecret === true || sources.secretCount(source) > 0;
      const saved = await edges.saveLines(oneLine(settingsFileOf(settings.current, hasSecret)), {
        ...{ title: 'Save settings', name: 'hookbell-settings', format: 'json' },
      });
      return saved && { name: saved.name, folder: saved.folder };
    },
    openSettingsFile: async () => {
      const file = await edges.readSettings();
      if (!file) return null;
      const { name } = file;
      const offer =
        'text' in file
          ? restoring.offer(file.text)
          : ({ status: 'mistaken', mistakes: [ofTheFile(file.unreadable)] } as const);
      return offer.status === 'valid'
        ? { status: 'offered', name, changes: offer.value }
        : { status: 'mistaken', name, mistakes: [...offer.mistakes] };
    },
  };
};

async function* oneLine(text: string) {
  yield text;
}
