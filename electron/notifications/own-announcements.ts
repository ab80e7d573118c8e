import type { Opening } from '../../shared/ipc.ts';
import type { OfferedPlace } from '../../shared/place-outside.ts';
import type { RejectionCount } from '../../shared/quarantine.ts';
import { decisiveReason, isSignature, rejectionCounts } from '../../shared/rejections.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Announcement, ConditionStep } from './announcement.ts';
import { accountConditionId, rejectionsConditionId } from './condition-ids.ts';
import type { Announced } from './policy.ts';
import { clockWords } from './times.ts';

export const entryAnnouncement = (
  source: StoredSource,
  entry: TimelineEntry,
  { kind, title, body, quiet, isError, account, why, change, ends = null }: Announced,
  decided: Announcement['decided'],
): Announcement => ({
  kind,
  title,
  body,
  quiet,
  isError,
  simulated: entry.simulated,
  thing: account?.id,
  accountName: account?.name,
  nft: kind.startsWith('nft.') && body !== '' ? body : undefined,
  condition: ends === null ? stepOf(entry, change.status) : { id: ends, does: 'ends' },
  sourceId: source.id,
  sourceName: source.name,
  opening: { what: 'entry', seq: entry.seq },
  entry: { seq: entry.seq, why, change },
  decided,
});

const stepOf = (
  entry: TimelineEntry,
  status: Announced['change']['status'],
): ConditionStep | undefined => {
  const id = accountConditionId(entry);
  if (id === null || status === 'none') return undefined;
  return { id, does: status === 'opened' ? 'opens' : 'ends' };
};

/** An account failed once more. `since` and `now` are epoch ms. */
export const accountGrowth = (
  source: StoredSource,
  entry: Extract<TimelineEntry, { status: 'event' }>,
  grown: { readonly since: number; readonly failures: number; readonly now: number },
): Announcement => {
  const { kind, title, shortTitle, summary, account } = entry.event;
  const tries = `${grown.failures} tries since ${clockWords(grown.since, grown.now)}`;
  const announced: Announced = {
    notify: true,
    kind,
    why: '',
    title: account && !title.includes(account.name) ? (shortTitle ?? title) : title,
    body: summary === '' ? tries : `${tries}. ${summary}`,
    quiet: true,
    isError: true,
    account,
    change: { status: 'opened' },
  };
  return entryAnnouncement(source, entry, announced, () => {});
};

/** Where a failing account is mended; null where that is nowhere. */
export type PlaceOf = (sourceId: string, accountId: string) => OfferedPlace | null;

/** A failing account's announcement, with the place where it is mended. Simulated ones have none. */
export const withPlace = (announcement: Announcement, placeOf: PlaceOf): Announcement => {
  const { sourceId, thing, simulated, condition } = announcement;
  if (simulated || thing === undefined || condition?.does !== 'opens') return announcement;
  const place = placeOf(sourceId, thing);
  return place === null ? announcement : { ...announcement, place };
};

/** A source's deliveries are rejected, three or more in a row. `unprovenRelay`: see the problem `deliveries-rejected`. */
export const rejectionsAnnouncement = (
  source: StoredSource,
  reasons: readonly RejectionCount[],
  unprovenRelay: boolean,
  decided: Announcement['decided'] = () => {},
): Announcement => {
  const failsSignature = isSignature(decisiveReason(reasons));
  const cause = unprovenRelay
    ? 'Does a relay at your public URL rewrite the body, or was the secret rotated?'
    : 'Was the secret rotated?';
  return {
    kind: 'quarantine',
    sourceId: source.id,
    sourceName: source.name,
    title: failsSignature
      ? `Deliveries for ${source.name} fail the signature check`
      : `Deliveries for ${source.name} are refused`,
    body: `${capitalized(rejectionCounts(reasons))}. ${failsSignature ? cause : 'Health shows why'}`,
    quiet: false,
    simulated: false,
    condition: { id: rejectionsConditionId(source.id), does: 'opens' },
    opening: { what: 'page', page: 'health' },
    decided,
  };
};

/** So many rejected deliveries became entries at once. */
export const readmittedAnnouncement = (source: StoredSource, entries: number): Announcement => ({
  kind: 'readmitted',
  sourceId: source.id,
  sourceName: source.name,
  title: `${entries === 1 ? '1 delivery is' : `${entries} deliveries are`} believed after all`,
  body: 'They are in the timeline, dated when they came',
  quiet: true,
  simulated: false,
  opening: { what: 'page', page: 'timeline' },
  decided: () => {},
});

/** A condition that is not about an entry, as it opens or grows. */
export type OpenCondition = {
  /** The same until it ends, also in the next run. */
  readonly id: string;
  readonly kind: Announcement['kind'];
  readonly title: string;
  readonly body: string;
  /** What a click opens. Left out: Health. */
  readonly opening?: Opening;
  /** Left out: it is about Hookbell itself. */
  readonly source?: { readonly id: string; readonly name: string };
  readonly simulated?: boolean;
  /** See `Announcement.decided`. */
  readonly decided?: Announcement['decided'];
};

/** The announcement of a condition that ended. */
export type EndWords = { readonly title: string; readonly body: string };

export const conditionAnnouncement = ({
  id,
  kind,
  title,
  body,
  source = { id: '', name: 'Hookbell' },
  opening = { what: 'page', page: 'health' },
  simulated = false,
  decided = () => {},
}: OpenCondition): Announcement => ({
  kind,
  title,
  body,
  sourceId: source.id,
  sourceName: source.name,
  quiet: false,
  simulated,
  condition: { id, does: 'opens' },
  opening,
  decided,
});

/** `opened`: as it was announced; null where that was in the run before. */
export const endAnnouncement = (
  id: string,
  { title, body }: EndWords,
  opened: OpenCondition | null,
): Announcement => ({
  ...conditionAnnouncement({ ...opened, id, kind: 'over', title, body }),
  quiet: true,
  condition: { id, does: 'ends' },
  decided: () => {},
});

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
