import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { FeedEvent, UpdateFailure } from '../../updates/step.ts';
import { keepTo } from '../outbound.ts';
import { isSafeAddress } from './feed-address.ts';
import type { SelfReplacing } from './installation.ts';
import type { UpdateEngine } from './update-engine.ts';

export type FeedOptions = {
  readonly installation: SelfReplacing;
  /** The switches of the next start. */
  readonly switches: () => readonly string[];
};

export type Feed = {
  /** See `UpdateSource`. */
  readonly check: (onEvent: (event: FeedEvent) => void) => Promise<void>;
  /** See `UpdateSource`. */
  readonly giveUp: () => void;
  /** Why what was downloaded cannot be installed, as far as it can be known before; else null. */
  readonly obstacle: () => Promise<UpdateFailure | null>;
  /** See `UpdateEngine`. */
  readonly install: () => boolean;
};

/** The file that electron-builder writes where a feed is configured. */
export const feedFile = ({ resources }: { readonly resources: string }): string =>
  join(resources, 'app-update.yml');

/** A feed of electron-updater, which the first check loads. */
export const openFeed = (options: FeedOptions): Feed => {
  const { installation } = options;
  let refused: string | null = null;
  let engine: UpdateEngine | null = null;
  let giveUp = (_why: string): void => {};

  const load = async (): Promise<UpdateEngine> => {
    const { createUpdateEngine, limitAnswers } = await import('./update-engine.ts');
    const made = createUpdateEngine(installation, options.switches);
    configure(made, options, (address) => {
      refused = address;
    });
    limitAnswers(made.updater, () => giveUp('its answer is too long'));
    return made;
  };

  return {
    check: async (onEvent) => {
      refused = null;
      const givenUp = new Promise<never>((_resolve, reject) => {
        giveUp = (why) => {
          // electron-updater goes on to wait, and would give the next check the same promise.
          void engine?.updater.netSession.closeAllConnections();
          engine = null;
          reject(new Error(why));
        };
      });
      givenUp.catch(() => {});
      try {
        engine ??= await load();
        await checkWith(engine, onEvent, givenUp);
      } catch (error) {
        onEvent({ kind: 'failed', ...failureOf(error, refused) });
      }
    },
    giveUp: () => giveUp('it does not answer'),
    obstacle: async () => {
      if (installation.kind !== 'app-image') return null;
      try {
        await access(dirname(installation.file), constants.W_OK);
        return null;
      } catch (error) {
        return { why: 'not-replaceable', message: messageOf(error) };
      }
    },
    install: () => engine?.install() ?? false,
  };
};

const checkWith = async (
  { updater }: UpdateEngine,
  onEvent: (event: FeedEvent) => void,
  givenUp: Promise<never>,
): Promise<void> => {
  const found = await Promise.race([updater.checkForUpdates(), givenUp]);
  if (!found) throw new Error('this installation cannot replace itself');
  const { version } = found.updateInfo;
  const at = Date.now();
  if (!found.isUpdateAvailable) return onEvent({ kind: 'current', at });
  onEvent({ kind: 'found', version, at });
  givenUp.catch(() => found.cancellationToken?.cancel());
  await Promise.race([found.downloadPromise, givenUp]);
  onEvent({ kind: 'downloaded', version });
};

const configure = (
  { updater }: UpdateEngine,
  { installation }: FeedOptions,
  onRefused: (address: string) => void,
): void => {
  // Installing is ours to begin, after the drain: its own way runs the installer inside `quit`.
  updater.autoInstallOnAppQuit = false;
  updater.autoDownload = true;
  updater.updateConfigPath = feedFile(installation);
  updater.forceDevUpdateConfig = !app.isPackaged;
  // What it comes to is logged as a status.
  updater.logger = null;
  keepTo(
    updater.netSession,
    (address) => {
      const isSafe = isSafeAddress(address);
      if (!isSafe) onRefused(address);
      return isSafe;
    },
    // A number that would tell the feed's host which installation asks (P9).
    'x-user-staging-id',
  );
};

const longestMessage = 200;

const failureOf = (error: unknown, refused: string | null): UpdateFailure =>
  refused === null
    ? { why: 'unreachable', message: messageOf(error) }
    : { why: 'insecure', message: refused.slice(0, longestMessage) };

/** Messages of electron-updater have the answer and a stack behind the first line. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : 'unknown error')
    .split('\n')[0]
    ?.slice(0, longestMessage) ?? '';
