import type { Fact, Reading } from '../../shared/event.ts';
import type { Matcher } from '../../shared/matching.ts';
import type { Retention } from '../../shared/settings.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Later } from '../later.ts';
import type { Mask } from '../masking.ts';
import { providers } from '../providers/index.ts';
import type { Understanding } from '../providers/provider.ts';
import { keptReading } from '../providers/understanding.ts';
import { csvLines } from './csv.ts';
import { exportLines } from './export.ts';
import type { Folder } from './folder.ts';
import { foundIn } from './found.ts';
import { openHistory } from './history.ts';
import { type KeptTally, openKeptTally } from './kept-tally.ts';
import type { Tried } from './log-state.ts';
import { openQuarantine } from './quarantine.ts';
import { deliveryOf } from './recheck.ts';
import { bytesOf, type HistoryRecord, type QuarantineRecord } from './record.ts';
import type { Telling } from './small-store.ts';

export type KeptOptions = Telling & {
  readonly tried: Tried;
  readonly folders: { readonly history: Folder; readonly quarantine: Folder };
  readonly later: Later;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onMarked: (entries: TimelineEntry[]) => void;
  readonly retention: () => Retention;
  /** What hides the values of ours in an export, as they are when it begins. */
  readonly masking: () => Mask;
  /** See `HistoryOptions`. */
  readonly onForgotten?: (upTo: number) => void;
  /** See `HistoryOptions`. */
  readonly onSaved?: () => void;
};

export type Kept = Awaited<ReturnType<typeof openKept>>;

/** Everything that is kept: the history, and the quarantine beside it. */
export async function openKept({ folders, ...options }: KeptOptions) {
  const { now, masking } = options;
  let tally: KeptTally | null = null;
  const [history, quarantine] = await Promise.all([
    openHistory({
      ...{ folder: folders.history, reread, factsOf, ...options },
      onRecorded: (record) => tally?.add(record),
      onSaved: () => {
        tally?.save();
        options.onSaved?.();
      },
      onForgotten: (upTo) => {
        tally?.forget(upTo);
        options.onForgotten?.(upTo);
      },
    }),
    openQuarantine(folders.quarantine, { ...options, looksGenuine }),
  ]);
  const opened = openKeptTally({ ...options, folder: folders.history, history });
  tally = opened;
  return {
    history,
    quarantine,
    tally: opened,
    /** The whole history, or what fits of it, as a table. */
    csvLines: (matches: Matcher = all) => csvLines(foundIn(history, matches), masking()),
    exportLines: (withQuarantine: boolean, matches: Matcher = all) =>
      exportLines(foundIn(history, matches), withQuarantine ? quarantine : null, {
        ...{ now: now(), masking: masking() },
      }),
    close: async () => {
      await history.close();
      await quarantine.close();
    },
  };
}

const looksGenuine = (record: QuarantineRecord): boolean =>
  providers.get(record.provider)?.looksGenuine(deliveryOf(record)) ?? false;

/** What this version makes of a record; null when it does not know its provider. */
const understandingOf = (record: HistoryRecord): Understanding | null => {
  const { id, receivedAt, headers, body, simulated, proof } = record;
  const delivery = {
    id,
    receivedAt,
    headers,
    body: bytesOf(body),
    senderAddress: null,
    peerAddress: '',
    simulated,
  };
  return providers.get(record.provider)?.understand(delivery, proof) ?? null;
};

const reread = (record: HistoryRecord): Reading => {
  const reading = understandingOf(record)?.reading;
  return reading ? keptReading(reading) : record.reading;
};

const factsOf = (record: HistoryRecord): readonly Fact[] => understandingOf(record)?.facts() ?? [];

const all: Matcher = () => true;
