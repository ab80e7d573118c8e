import type { Retention } from '../../shared/settings.ts';
import { type ConditionStore, openConditionStore } from '../conditions/condition-store.ts';
import { createNoted, type Noted } from '../conditions/noted.ts';
import { type Archive, openArchive } from '../history/archive.ts';
import { createClockTrust } from '../history/clock-trust.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../history/quarantine.ts';
import { limitsNow } from '../history/retention.ts';
import type { TallyStore } from '../history/tally-store.ts';
import { type Gaps, openGaps } from '../insight/gaps.ts';
import { type Insight, openInsight } from '../insight/insight.ts';
import { createSilences, type Silences } from '../insight/silence.ts';
import { createMask, type Mask } from '../masking.ts';
import { openSetup } from '../setup/open-setup.ts';
import { ownValues } from '../setup/own-values.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import type { Vault } from '../setup/vault.ts';
import type { Emit } from '../signals.ts';
import { createDiskWatch, type DiskWatch } from '../storage/disk-watch.ts';
import { tryWriting } from '../storage/try-writing.ts';
import { createExports, type Exports } from '../transfer/exports.ts';
import type { Edges } from '../world.ts';

/** Settings and secrets, gaps, history and quarantine, and what is derived from them. */
export type StorageParts = {
  readonly conditionStore: ConditionStore;
  readonly noted: Noted;
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  /** Settles when the secrets of a provisioning file are on disk, or could not be. */
  readonly secretsStored: Promise<void>;
  readonly gaps: Gaps;
  /** The limits of the history as they hold now. */
  readonly limits: () => Retention;
  /** The limits that would hold now under a choice. */
  readonly limitsOf: (chosen: Retention | null) => Retention;
  readonly masking: () => Mask;
  readonly archive: Archive;
  readonly history: History;
  readonly quarantine: Quarantine;
  readonly tally: TallyStore;
  readonly exports: Exports;
  readonly disk: DiskWatch;
  readonly insight: Insight;
  readonly silences: Silences;
};

/** Opens what is on disk. */
export const openStorage = async (edges: Edges, emit: Emit): Promise<StorageParts> => {
  const { folders, now, schedule, uptime, log } = edges;
  const report = (what: string) => emit('damaged', what);
  const conditionStore = openConditionStore(folders.settings, report);
  const noted = createNoted(log, () => emit('changed'), conditionStore.kept);
  const setup = openSetup({
    ...edges,
    note: noted.note,
    forget: noted.end,
    onOpenedLate: (id) => emit('secretOpened', id),
  });
  const { settings, sources, vault } = setup;
  if (folders.history.writtenByNewer || folders.quarantine.writtenByNewer) emit('newerFound');
  const gaps = openGaps({
    folder: folders.settings,
    now,
    uptime,
    schedule,
    report: log,
    onGap: (gap) => emit('gap', gap),
  });
  const isTrusted = createClockTrust({ now, uptime, lastSeenAt: gaps.lastSeenAt });
  const limitsOf = (chosen: Retention | null) => limitsNow(chosen, isTrusted());
  const limits = () => limitsOf(settings.retention);
  const masking = () => createMask(ownValues(sources, vault));
  const archive = await openArchive({
    folders,
    schedule,
    now,
    report,
    retention: limits,
    onWriteResult: (what, error) => emit('written', what, error),
    onDecided: (decided) => emit('decided', decided),
    onMarked: (entries) => emit('marked', entries),
    onGiven: (changes) => emit('given', changes),
    onRemoved: (upTo) => emit('removed', upTo),
    onSaved: () => emit('saved'),
  });
  const { history, quarantine, tally } = archive;
  setup.lookForLoss({ entries: history.lastSeq, rejected: quarantine.count(now()) });
  const disk = createDiskWatch({
    now,
    schedule,
    onChange: (problem) => emit('diskProblem', problem),
    onRefusing: (why) => emit('eventsRefused', why),
    onKeeping: () => emit('eventsKept'),
    saveAll: history.saveAll,
    tryWriting: () => tryWriting(folders.history),
  });
  const exports = createExports({ archive, now, masking });
  const insight = openInsight({
    folders,
    archive,
    schedule,
    report,
    ownNames: () => settings.current.ownNames,
  });
  const silences = createSilences({
    ...insight,
    gaps,
    sourceIds: () =>
      sources.list().flatMap((source) => (sources.isLocked(source) ? [] : source.id)),
    now,
    isClockTrusted: isTrusted,
    schedule,
    onChange: () => emit('changed'),
  });
  return {
    conditionStore,
    noted,
    settings,
    sources,
    vault,
    gaps,
    limits,
    limitsOf,
    masking,
    archive,
    history,
    quarantine,
    tally,
    exports,
    disk,
    insight,
    silences,
    secretsStored: setup.secretsStored,
  };
};
