import { join } from 'node:path';
import { compose } from '../../electron/compose.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import type { Appender, Folder } from '../../electron/storage/folder.ts';
import type { Edges } from '../../electron/world.ts';
import { confStore } from './conf-store.ts';
import { type PlainEdges, plainEdges } from './plain-edges.ts';

type Options = Omit<PlainEdges, 'folders' | 'window' | 'provisioning'> & {
  readonly provision?: object;
  readonly push?: Edges['window']['push'];
  /** Throws once another process holds the profile. */
  readonly demandHeld?: () => void;
  /** Puts something between the app and its history. */
  readonly through?: (folder: Folder) => Folder;
};

/** The whole app in plain Node, on a folder of the caller's. It listens on no port: `createReceiver` adds that. */
export const openPlainApp = async ({
  provision,
  push = () => {},
  demandHeld = () => {},
  through = (unchanged) => unchanged,
  ...own
}: Options) => {
  const at = (name: string) => join(own.folder, name);
  const journals: Appender[] = [];
  const sides = await compose(
    plainEdges({
      ...own,
      folders: {
        settings: openFolder(at('settings'), confStore),
        history: through(noting(openFolder(at('history'), confStore, { demandHeld }), journals)),
        quarantine: noting(openFolder(at('quarantine'), confStore), journals),
      },
      window: { push, opening: () => null },
      provisioning: provision ? { text: JSON.stringify(provision) } : null,
    }),
  );
  const app = {
    ...sides.receiver,
    ...sides.window,
    ...sides.shell,
    /** Closes the files and does nothing else, as the system does for a killed process. */
    kill: async () => {
      for (const journal of journals) await journal.close();
    },
  };
  const ready = app.ready().catch(() => {}); // The next question tries again.
  if (!provision) return app;
  // The secrets of a provisioning file are stored once the keyring has answered.
  return { ...app, close: () => ready.then(app.close) };
};

const noting = (folder: Folder, journals: Appender[]): Folder => ({
  ...folder,
  openAppender: async (name) => {
    const journal = await folder.openAppender(name);
    journals.push(journal);
    return journal;
  },
});

export type PlainApp = Awaited<ReturnType<typeof openPlainApp>>;
