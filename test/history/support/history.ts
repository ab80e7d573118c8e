import { type HistoryOptions, openHistory } from '../../../electron/history/history.ts';
import type { Draft } from '../../../electron/history/record.ts';
import type { Folder } from '../../../electron/storage/folder.ts';
import type { OnWriteResult } from '../../../electron/storage/write-result.ts';

type Listening = {
  readonly report: (trouble: string) => void;
  readonly onWriteResult: OnWriteResult;
};

/** Keeps what the stores tell, in order. */
export const listener = () => {
  const told: string[] = [];
  const telling: Listening = {
    report: (trouble) => told.push(trouble),
    onWriteResult: (what, error) => {
      if (error !== null) told.push(`${what}: ${error instanceof Error ? error.message : error}`);
    },
  };
  return { told, telling };
};

/** For a quarantine to which everything looks genuine. */
export const quarantineOptions = (telling: Listening) => ({
  ...telling,
  looksGenuine: () => true,
});

/** A history in a folder that saves when it is closed, and not before. */
export const historyIn = (
  folder: Folder,
  telling: Listening = listener().telling,
  now: () => number = () => 0,
  more: Partial<HistoryOptions> = {},
) =>
  openHistory({
    folder,
    ...telling,
    schedule: () => () => {},
    reread: ({ reading }) => reading,
    factsOf: () => [],
    onMarked: () => {},
    retention: () => ({ days: 90, entries: 100_000, bytes: 1024 ** 3 }),
    now,
    ...more,
  });

/** A delivery that its sender numbered. */
export const draft = (number: number): Draft => ({
  id: `id ${number}`,
  receivedAt: number,
  sourceId: 's',
  provider: 'nobody',
  headers: [],
  keys: [{ id: `key ${number}`, version: 'a', differing: 'conflict', withinMs: null }],
  body: { text: `body ${number}.` },
  proof: { status: 'verified', secret: 0 },
  simulated: false,
  reading: { status: 'unrecognized', type: null },
});
