import type { ConditionReason } from '../../shared/condition.ts';
import type { Accounts } from '../insight/accounts.ts';
import type { Gaps } from '../insight/gaps.ts';
import type { Insight } from '../insight/insight.ts';
import type { Runs } from '../insight/runs.ts';
import type { Silences } from '../insight/silence.ts';
import type { SourceHealth } from '../insight/source-health.ts';
import type { Crowding } from '../receiver/crowding.ts';
import type { OldUrls } from '../receiver/old-urls.ts';
import type { OtherHosts } from '../receiver/other-hosts.ts';
import type { PublicUrl } from '../receiver/public-url.ts';
import type { Shares } from '../receiver/shares.ts';
import { isRelayUnproven } from '../receiver/unproven-relay.ts';
import type { SettingsStore, StoredSource } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import type { Vault } from '../setup/vault.ts';
import type { Updater } from '../updates/updater.ts';
import type { Noted } from './noted.ts';

export type HoldingParts = {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly sources: Pick<Sources, 'list' | 'find' | 'isLocked'>;
  readonly vault: Pick<Vault, 'storesPlainly'>;
  readonly accounts: Pick<Accounts, 'failing' | 'moreFailing'>;
  readonly sourceHealth: Pick<SourceHealth, 'conditionOf' | 'provenHost'>;
  readonly noted: Pick<Noted, 'list'>;
  readonly shares: Pick<Shares, 'problems'>;
  readonly oldUrls: Pick<OldUrls, 'list'>;
  readonly otherHosts: Pick<OtherHosts, 'list'>;
  readonly crowding: Pick<Crowding, 'since'>;
  readonly publicUrl: Pick<PublicUrl, 'problem'>;
  readonly updates: Pick<Updater, 'problem'>;
  readonly runs: Pick<Runs, 'stuck'>;
  readonly userNameOf: Insight['userNameOf'];
  readonly gaps: Pick<Gaps, 'list'>;
  readonly silences: Pick<Silences, 'current'>;
  /** What the provider of a source knows of silence. */
  readonly silenceCauses: (source: StoredSource) => readonly string[];
  /** Epoch ms. */
  readonly now: () => number;
};

/** Every reason that holds now. */
export const reasonsHolding = (parts: HoldingParts): ConditionReason[] => {
  const { settings, sources, vault, noted, publicUrl, crowding } = parts;
  const noPublicUrl = publicUrl.problem();
  const crowdedSince = crowding.since();
  const update = parts.updates.problem();
  return [
    ...(noPublicUrl ? [noPublicUrl] : []),
    ...noted.list(),
    ...(crowdedSince === null
      ? []
      : [{ code: 'receiver-crowded', since: crowdedSince } satisfies ConditionReason]),
    ...aboutSources('secrets-unreadable', sources.list().filter(sources.isLocked)),
    ...aboutSources(
      'secret-missing',
      sources.list().filter(({ awaitsSecret }) => awaitsSecret),
    ),
    ...rejections(parts),
    ...parts.shares.problems(),
    ...failingAccounts(parts),
    ...stuckRuns(parts),
    ...silentSources(parts),
    ...urlReasons(parts),
    ...aboutSources(
      'url-changed',
      settings.current.moved.flatMap((id) => sources.find(id) ?? []),
    ),
    ...(update ? [update] : []),
    ...(vault.storesPlainly
      ? [{ code: 'keyring-missing', stored: true } satisfies ConditionReason]
      : []),
  ];
};

type SourcesCode = 'secrets-unreadable' | 'secret-missing' | 'url-changed';

/** One reason for all sources that have it. */
const aboutSources = (code: SourcesCode, sources: readonly StoredSource[]): ConditionReason[] =>
  sources.length === 0 ? [] : [{ code, sourceIds: sources.map(({ id }) => id) }];

const rejections = ({ settings, sources, sourceHealth }: HoldingParts): ConditionReason[] =>
  sources.list().flatMap(({ id }): ConditionReason[] => {
    const streak = sourceHealth.conditionOf(id);
    if (!streak) return [];
    const unprovenRelay = isRelayUnproven(settings, sourceHealth);
    return [{ code: 'deliveries-rejected', sourceId: id, ...streak, unprovenRelay }];
  });

const failingAccounts = ({ sources, accounts }: HoldingParts): ConditionReason[] => {
  const isHere = ({ sourceId }: { readonly sourceId: string }) =>
    sources.find(sourceId) !== undefined;
  return [
    ...accounts.failing.filter(isHere).map(
      ({
        sourceId,
        accountId,
        name,
        title,
        summary,
        since,
        seq,
        failures,
        simulated = false,
      }): ConditionReason => ({
        code: 'account-failing',
        sourceId,
        accountId,
        account: name,
        title,
        summary,
        since,
        seq,
        failures,
        simulated,
      }),
    ),
    ...accounts.moreFailing
      .filter(isHere)
      .map((more): ConditionReason => ({ code: 'more-accounts-failing', ...more })),
  ];
};

/** Of each source (E7b): one with many hides those of no other. */
const mostStuck = 50;

const stuckRuns = ({ sources, runs, gaps, userNameOf, now }: HoldingParts): ConditionReason[] => {
  const stuck = runs.stuck(now(), gaps.list());
  return sources
    .list()
    .flatMap(({ id }) => stuck.filter(({ sourceId }) => sourceId === id).slice(0, mostStuck))
    .map((run) => ({ code: 'run-stuck', ...run, user: userNameOf(run.sourceId, run.userId) }));
};

const silentSources = ({ sources, silences, silenceCauses }: HoldingParts): ConditionReason[] =>
  silences.current().flatMap((silence): ConditionReason[] => {
    const source = sources.find(silence.sourceId);
    return source
      ? [{ code: 'source-silent', ...silence, causes: [...silenceCauses(source)] }]
      : [];
  });

const urlReasons = ({ sources, oldUrls, otherHosts }: HoldingParts): ConditionReason[] => {
  const isHere = ({ sourceId }: { readonly sourceId: string }) =>
    sources.find(sourceId) !== undefined;
  return [
    ...oldUrls
      .list()
      .filter(isHere)
      .map((oldUrl): ConditionReason => ({ code: 'old-url-in-use', ...oldUrl })),
    ...otherHosts
      .list()
      .filter(isHere)
      .map((other): ConditionReason => ({ code: 'other-host', ...other })),
  ];
};
