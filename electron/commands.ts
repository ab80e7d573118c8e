import type { App } from './compose.ts';
import { later } from './edges/clock.ts';
import { writeLines } from './edges/files.ts';
import { openLogFile } from './edges/log.ts';
import type { Command, Reply } from './edges/second-start.ts';
import { systemKeyring } from './edges/secrets.ts';
import { openSessionBus } from './edges/session-bus.ts';
import { openKept } from './history/kept.ts';
import { keepEverything } from './history/retention.ts';
import { createMask } from './masking.ts';
import { readOwnValues } from './setup/own-values.ts';
import { simulationNamed } from './simulate/named.ts';
import type { Edges } from './world.ts';

export type CommandOptions = {
  readonly hookbell: Pick<App, 'exportLines' | 'simulate' | 'sources'>;
  readonly show: () => void;
  readonly quit: () => Promise<Reply>;
};

/** Carries out what a command line asks of the running app. Never rejects: what went wrong is in the reply. */
export const createCommands =
  ({ hookbell, show, quit }: CommandOptions) =>
  async (command: Command): Promise<Reply> => {
    switch (command.kind) {
      case 'run':
        show();
        return { ok: true, text: 'Hookbell is already running; its window is open now' };
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

/** Writes the export of an app that is not running, and nothing else. */
export async function exportWithoutWindow(
  userData: string,
  folders: Edges['folders'],
  { file, withQuarantine }: Extract<Command, { kind: 'export' }>,
): Promise<Reply> {
  const report = openLogFile(userData);
  const keyring = systemKeyring(
    process.platform === 'linux' ? openSessionBus(later, report) : null,
  );
  const masking = createMask(
    await readOwnValues({ folder: folders.settings, askKeyring: keyring.ask, later, report }),
  );
  const kept = await openKept({
    folders,
    later,
    now: Date.now,
    report,
    masking: () => masking,
    tried: () => {},
    onNewer: () => {},
    onMarked: () => {},
    retention: () => keepEverything,
  });
  const reply = await exportTo(file, kept.exportLines(withQuarantine));
  await kept.close();
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
