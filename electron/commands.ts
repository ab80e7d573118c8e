import type { Opening } from '../shared/ipc.ts';
import type { ShellSide } from './app.ts';
import { now, schedule } from './edges/clock.ts';
import { writeLines } from './edges/files.ts';
import { openLogFile } from './edges/log.ts';
import type { Command, Reply } from './edges/second-start.ts';
import { systemKeyring } from './edges/secrets.ts';
import { openSessionBus } from './edges/session-bus.ts';
import { openArchive } from './history/archive.ts';
import { keepEverything } from './history/retention.ts';
import { createMask } from './masking.ts';
import { readOwnValues } from './setup/own-values.ts';
import { simulationNamed } from './simulate/named.ts';
import { createExports } from './transfer/exports.ts';
import type { Edges } from './world.ts';

export type CommandOptions = {
  readonly hookbell: Pick<ShellSide, 'exportLines' | 'simulate' | 'sources' | 'seqOf'>;
  readonly show: (opening?: Opening) => void;
  readonly quit: () => Promise<Reply>;
};

export type Commands = {
  /** Never rejects: a failure is in the reply. */
  readonly fulfil: (command: Command) => Promise<Reply>;
  readonly isUnderWay: () => boolean;
};

/** Carries out commands on the running app. */
export const createCommands = (options: CommandOptions): Commands => {
  const fulfil = fulfilWith(options);
  let underWay = 0;
  return {
    fulfil: async (command) => {
      underWay += 1;
      return fulfil(command).finally(() => {
        underWay -= 1;
      });
    },
    isUnderWay: () => underWay > 0,
  };
};

const fulfilWith =
  ({ hookbell, show, quit }: CommandOptions) =>
  async (command: Command): Promise<Reply> => {
    switch (command.kind) {
      case 'run':
        // One at login may come after the person has started Hookbell.
        if (command.hidden) return { ok: true, text: 'Hookbell is already running' };
        show();
        return { ok: true, text: 'Hookbell is already running; its window is open now' };
      case 'open':
        show();
        return showEvent(await hookbell.seqOf(command.id), show);
      case 'quit':
        return quit();
      case 'export':
        return exportTo(command.file, hookbell.exportLines(command.withQuarantine));
      case 'simulate': {
        const request = simulationNamed(command.what, hookbell.sources());
        if (request.status === 'unknown') return { ok: false, text: request.message };
        const answers = await hookbell.simulate(request.simulation);
        const lines = answers.map(
          ({ sourceId, simulation, status, outcome }) =>
            `${status} ${outcome}  ${sourceId}  ${simulation}`,
        );
        return { ok: answers.every(({ status }) => status > 0), text: lines.join('\n') };
      }
    }
  };

const showEvent = (seq: number | null, show: CommandOptions['show']): Reply => {
  show(seq === null ? { what: 'unknown-entry' } : { what: 'entry', seq });
  const found = seq === null ? 'has no event of this link' : 'shows the event of this link';
  return { ok: true, text: `Hookbell is running, and ${found}` };
};

/** Exports the history of an app that is not running. The reply says what failed. */
export async function exportWithoutWindow(
  userData: string,
  folders: Edges['folders'],
  { file, withQuarantine }: Extract<Command, { kind: 'export' }>,
): Promise<Reply> {
  const report = openLogFile(userData);
  const keyring = systemKeyring(
    process.platform === 'linux' ? openSessionBus(schedule, report) : null,
  );
  const masking = createMask(
    await readOwnValues({ folder: folders.settings, askKeyring: keyring.ask, schedule, report }),
  );
  const archive = await openArchive({
    folders,
    schedule,
    now,
    report,
    onWriteResult: () => {},
    onMarked: () => {},
    retention: () => keepEverything,
  });
  const exports = createExports({ archive, now, masking: () => masking });
  const reply = await exportTo(file, exports.exportLines(withQuarantine));
  await archive.close();
  return reply;
}

const exportTo = async (file: string, lines: AsyncIterable<string>): Promise<Reply> => {
  try {
    const count = await writeLines(file, lines);
    return { ok: true, text: `${count} ${count === 1 ? 'entry' : 'entries'} written to ${file}` };
  } catch (error) {
    return {
      ok: false,
      text: `Hookbell could not write ${file}: ${error instanceof Error ? error.message : 'unknown error'}`,
    };
  }
};
