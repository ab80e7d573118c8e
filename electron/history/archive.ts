import type { Fact, Reading } from '../../shared/event.ts';
import type { Retention } from '../../shared/settings.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { providers } from '../providers/index.ts';
import type { Understanding } from '../providers/provider.ts';
import { storedReading } from '../providers/understanding.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import type { OnWriteResult } from '../storage/write-result.ts';
import { type History, type HistoryOptions, openHistory } from './history.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import { bodyBytes, deliveryOf, type HistoryRecord, type QuarantineRecord } from './record.ts';
import { openTallyStore, type TallyStore } from './tally-store.ts';

export type ArchiveOptions = {
  readonly report: (trouble: string) => void;
  readonly onWriteResult: OnWriteResult;
  readonly folders: { readonly history: Folder; readonly quarantine: Folder };
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onMarked: (entries: TimelineEntry[]) => void;
  readonly retention: () => Retention;
  readonly onDecided?: NonNullable<HistoryOptions['onDecided']>;
  readonly onGiven?: NonNullable<HistoryOptions['onGiven']>;
  readonly onRemoved?: (upTo: number) => void;
  readonly onSaved?: () => void;
};

/** Everything that is stored: the history, and the quarantine beside it. */
export type Archive = {
  readonly history: History;
  readonly quarantine: Quarantine;
  readonly tally: TallyStore;
  close(): Promise<void>;
};

export async function openArchive({ folders, ...options }: ArchiveOptions): Promise<Archive> {
  let tally: TallyStore | null = null;
  const [history, quarantine] = await Promise.all([
    openHistory({
      ...options,
      folder: folders.history,
      reread,
      factsOf,
      onRecorded: (record) => tally?.add(record),
      onSaved: () => {
        tally?.save();
        options.onSaved?.();
      },
      onRemoved: (upTo) => {
        tally?.removeUpTo(upTo);
        options.onRemoved?.(upTo);
      },
    }),
    openQuarantine(folders.quarantine, { ...options, looksGenuine }),
  ]);
  const opened = openTallyStore({ ...options, folder: folders.history, history });
  tally = opened;
  return {
    history,
    quarantine,
    tally: opened,
    close: async () => {
      await history.close();
      await quarantine.close();
    },
  };
}

const looksGenuine = (record: QuarantineRecord): boolean =>
  providers.get(record.provider)?.looksGenuine(deliveryOf(record)) ?? false;

/** Null when this version does not know the provider. */
const understandingOf = (record: HistoryRecord): Understanding | null => {
  const { id, receivedAt, headers, body, simulated, proof } = record;
  const delivery = {
    id,
    receivedAt,
    headers,
    body: bodyBytes(body),
    senderAddress: null,
    peerAddress: '',
    simulated,
  };
  return providers.get(record.provider)?.understand(delivery, proof) ?? null;
};

const reread = (record: HistoryRecord): Reading => {
  const reading = understandingOf(record)?.reading;
  return reading ? storedReading(reading) : record.reading;
};

const factsOf = (record: HistoryRecord): readonly Fact[] => understandingOf(record)?.facts() ?? [];
