import type { Answers } from '../../../shared/ipc.ts';
import { type Matcher, matcherOf, type Names } from '../../../shared/matching.ts';
import { isFiltering, parseQuery } from '../../../shared/query.ts';
import type { History } from '../../history/history.ts';
import { providers } from '../../providers/index.ts';
import type { PublicUrl } from '../../receiver/public-url.ts';
import { ofTheFile } from '../../setup/file-format.ts';
import type { Restore } from '../../setup/restore.ts';
import type { SettingsStore, StoredSource } from '../../setup/settings.ts';
import { settingsFileOf } from '../../setup/settings-file.ts';
import type { Sources } from '../../setup/sources.ts';
import type { Exports } from '../../transfer/exports.ts';
import type { Imports } from '../../transfer/imports.ts';
import { Cancelled, type Transfers } from '../../transfer/progress.ts';
import type { Edges } from '../../world.ts';

export type FileAnswerOptions = {
  readonly edges: Pick<Edges, 'now' | 'saveLines' | 'readSettings'>;
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly history: History;
  readonly exports: Exports;
  readonly transfers: Transfers;
  readonly imports: Imports;
  readonly restore: Restore;
  readonly names: () => Names;
  readonly publicUrl: Pick<PublicUrl, 'configure'>;
  /** Looks at the quarantine of a source again. */
  readonly recheck: (source: StoredSource) => Promise<void>;
  readonly onChange: () => void;
};

type FileAnswers = Pick<
  Answers,
  | 'exportHistory'
  | 'cancelTransfer'
  | 'importHistory'
  | 'dismissImport'
  | 'saveSettings'
  | 'openSettingsFile'
  | 'restoreSettings'
>;

/** Answers that go to a file the person chooses, or come from one. */
export const createFileAnswers = (options: FileAnswerOptions): FileAnswers => {
  const { edges, settings, sources, history, exports, transfers, imports, restore, names } =
    options;
  return {
    exportHistory: async ({ format, query = '' }) => {
      const asked = parseQuery(query, edges.now());
      // The whole history has its archived entries, which the timeline leaves out.
      const fits = isFiltering(asked) ? matcherOf(asked, names()) : () => true;
      const matches: Matcher = (entry, facts) => {
        transfers.checkCancelled();
        return fits(entry, facts);
      };
      // The first line of a table names its columns.
      const headings = format === 'csv' ? 1 : 0;
      const whole = { what: format === 'csv' ? 'table' : 'all', of: history.count } as const;
      const part = isFiltering(asked) ? ({ what: 'found', of: null } as const) : whole;
      const lines =
        format === 'csv' ? exports.csvLines(matches) : exports.exportLines(false, matches);
      try {
        const saved = await edges.saveLines(
          transfers.counting({ ...part, headings }, lines),
          part.what === 'found'
            ? { title: 'Export the events found', name: 'hookbell-found', format }
            : { title: 'Export history', name: 'hookbell-history', format },
        );
        if (!saved) return null;
        const { name, folder } = saved;
        return { entries: saved.lines - headings, name, folder };
      } catch (error) {
        if (error instanceof Cancelled) return null;
        throw error;
      }
    },
    cancelTransfer: transfers.cancel,
    importHistory: imports.read,
    dismissImport: imports.dismiss,
    saveSettings: async () => {
      const hasSecret = (source: StoredSource) =>
        sources.isLocked(source)
          ? providers.get(source.provider)?.info.secret !== 'none'
          : source.awaitsSecret === true || sources.secretCount(source) > 0;
      const saved = await edges.saveLines(oneLine(settingsFileOf(settings.current, hasSecret)), {
        title: 'Save settings',
        name: 'hookbell-settings',
        format: 'json',
      });
      return saved && { name: saved.name, folder: saved.folder };
    },
    openSettingsFile: async () => {
      const file = await edges.readSettings();
      if (!file) return null;
      const { name } = file;
      const offer =
        'text' in file
          ? restore.offer(file.text)
          : ({ status: 'mistaken', mistakes: [ofTheFile(file.unreadable)] } as const);
      return offer.status === 'valid'
        ? { status: 'offered', name, changes: offer.value }
        : { status: 'mistaken', name, mistakes: [...offer.mistakes] };
    },
    restoreSettings: async ({ withoutKeyring }) => {
      const restored = await restore.restore(withoutKeyring);
      if (restored.status === 'failed') return restored;
      options.publicUrl.configure();
      for (const source of sources.list()) await options.recheck(source);
      await history.removeOld();
      options.onChange();
      return restored;
    },
  };
};

async function* oneLine(text: string) {
  yield text;
}
