import type { Pipe } from '../../shared/pipe.ts';
import type { Source } from '../../shared/source.ts';
import { conditionLine } from './condition-lines.ts';
import { dateTime } from './dates.ts';
import type { AppFacts, NotificationServiceFacts, SystemFacts } from './facts.ts';
import type { Scrub } from './scrub.ts';

export type ReportParts = {
  /** Epoch ms. */
  readonly madeAt: number;
  readonly system: SystemFacts;
  readonly app: AppFacts;
  /** The last lines of the log, oldest first. */
  readonly log: readonly string[];
  /** By source id, see `sourceLabels`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly scrub: Scrub;
};

type Section = { readonly title: string; readonly lines: readonly string[] };

const head = [
  'Hookbell diagnostics, for a bug report. Read this file before you send it to anybody.',
  '',
  'It holds no deliveries, no titles of events, no names of accounts and sources, no URLs of sources, no secrets and no tokens.',
  'In the log, words in <…> and (masked) stand for what could tell who or where you are.',
];

/**
 * The diagnostics as plain text, line by line. It is made of the fields that are named here, and of no others. Texts of the system and of the
 * log go through `scrub`.
 */
export const reportLines = (parts: ReportParts): string[] => {
  const { madeAt, log, scrub } = parts;
  const sections: readonly Section[] = [
    { title: 'Versions', lines: versionLines(parts) },
    { title: 'Desktop', lines: desktopLines(parts) },
    { title: 'Receiving', lines: receivingLines(parts) },
    { title: 'Sources', lines: sourceLines(parts) },
    { title: 'Problems', lines: conditionLines(parts) },
    { title: 'Refusals since the start', lines: refusalLines(parts) },
    { title: 'History', lines: historyLines(parts) },
    { title: 'Gaps', lines: gapLines(parts) },
    { title: `Log, the last ${log.length} lines`, lines: log.map(scrub) },
  ];
  return [
    ...head,
    '',
    `Made: ${dateTime(madeAt)}`,
    ...sections.flatMap(({ title, lines }) => ['', `== ${title} ==`, ...orNone(lines)]),
  ];
};

const orNone = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? ['none'] : lines;

/** The names of sources for the report, by id: "Kryptos 1". The person's own names are private. */
export const sourceLabels = (
  sources: readonly Pick<Source, 'id' | 'provider'>[],
  nameOf: (provider: string) => string,
): ReadonlyMap<string, string> => {
  const counted = new Map<string, number>();
  return new Map(
    sources.map(({ id, provider }) => {
      const name = nameOf(provider);
      const ordinal = (counted.get(name) ?? 0) + 1;
      counted.set(name, ordinal);
      return [id, `${name} ${ordinal}`];
    }),
  );
};

const versionLines = ({ app: { state }, system, scrub }: ReportParts): string[] => [
  `Hookbell: ${state.version}, ${system.packagedAs}`,
  `Electron: ${state.runtime.electron}`,
  `Chromium: ${state.runtime.chrome}`,
  `Node: ${state.runtime.node}`,
  `System: ${scrub(system.os)}, ${scrub(system.kernel)}, ${system.arch}`,
  `Locale: ${scrub(system.locale)}, ${scrub(system.timeZone)}`,
];

const desktopLines = ({ app: { keyring }, system, scrub }: ReportParts): string[] => [
  `Desktop: ${scrub(system.desktop ?? 'unknown')}`,
  `Session: ${scrub(system.session ?? 'unknown')}`,
  `Tray host: ${system.trayHost}`,
  `Notifications: ${notificationWords(system.notifications, scrub)}`,
  `Keyring: ${keyring.isThere ? 'answers' : 'gives nothing'}, ${scrub(system.keyringBackend ?? 'of the system')}`,
  `Secrets in a plain file: ${yesOrNo(keyring.storesPlainly)}`,
];

const notificationWords = (service: NotificationServiceFacts, scrub: Scrub): string => {
  switch (service.status) {
    case 'of-the-system':
      return 'of the system';
    case 'silent':
      return 'no service answers';
    case 'known':
      return scrub(`${service.name} ${service.version} (${service.capabilities.join(', ')})`);
  }
};

const receivingLines = ({ app: { state, port } }: ReportParts): string[] => [
  `Port: ${port ?? 'not listening'}`,
  `Public way in: ${state.tunnel.kind}`,
  `State: ${pipeWords(state.pipe)}`,
  `Everything read since the start: ${yesOrNo(state.ready)}`,
  `Last event: ${state.lastEventAt === null ? 'none' : dateTime(state.lastEventAt)}`,
];

/** The reason's code alone: its words may name a domain. */
const pipeWords = (pipe: Pipe): string => {
  switch (pipe.status) {
    case 'connecting':
      return 'connecting, nothing can arrive yet';
    case 'receiving':
      return `receiving, proven by a ${pipe.by} through the public URL ${dateTime(pipe.checkedAt)}`;
    case 'local-only':
      return 'local only, no public URL is set up';
    case 'degraded':
      return `degraded since ${dateTime(pipe.since)}, ${pipe.why.code}, known by ${pipe.evidence}`;
    case 'offline':
      return `offline since ${dateTime(pipe.since)}, ${pipe.why.code}, ${
        pipe.retryAt === null ? 'waits for the person' : `tried again ${dateTime(pipe.retryAt)}`
      }`;
  }
};

const sourceLines = ({ app: { state }, labels }: ReportParts): string[] =>
  state.sources.map((source) =>
    [
      `${labels.get(source.id) ?? 'Unknown'}: ${source.accepted} accepted`,
      `${source.rejected} rejected`,
      `${source.tests} tests`,
      `${source.secretCount} secrets`,
      addressWords(source.allowedAddresses),
      ...(source.locked ? ['locked'] : []),
      lastWords(source.lastDelivery),
    ].join(', '),
  );

const addressWords = (allowed: Source['allowedAddresses']): string =>
  allowed === null ? 'the usual addresses' : `${allowed.length} addresses of its own`;

const lastWords = (last: Source['lastDelivery']): string => {
  if (last === null) return 'no delivery yet';
  const why = last.outcome === 'rejected' ? ` (${last.reason})` : '';
  return `last delivery ${last.outcome}${why} ${dateTime(last.at)}`;
};

const conditionLines = ({ app: { state }, labels, scrub }: ReportParts): string[] => {
  const sourceNamed = (id: string) => labels.get(id) ?? 'a removed source';
  return state.conditions.map((condition) =>
    conditionLine(condition, { scrub, sourceNamed, dateTime }),
  );
};

const refusalLines = ({ app: { state } }: ReportParts): string[] =>
  state.refusals.map(
    ({ why, times, tests, lastAt }) =>
      `${why}: ${times}, of them ${tests} tests, last ${dateTime(lastAt)}`,
  );

const historyLines = ({ app }: ReportParts): string[] => {
  const { state, segments, damages } = app;
  const { retention, storage, tests } = state;
  return [
    `Entries: ${state.entries}, of them ${tests.entries} tests and ${state.unseen} unseen`,
    `Size: ${storage.bytes} bytes in ${segments} sealed segments`,
    `Oldest sealed: ${storage.oldestAt === null ? 'none' : dateTime(storage.oldestAt)}`,
    `Kept: ${retention.days} days, ${retention.entries} entries, ${retention.bytes} bytes`,
    `Quarantine: ${state.quarantined}, of them ${tests.quarantined} tests; ${state.onlyCounted} only counted`,
    ...damages.map(
      ({ from, to, entries }) =>
        `Damage: ${dateTime(from)} to ${dateTime(to)}, ${entries ?? 'an unknown number of'} entries`,
    ),
  ];
};

const gapLines = ({ app: { gaps } }: ReportParts): string[] =>
  gaps
    .slice(-mostGaps)
    .map(({ from, to, reason }) => `${dateTime(from)} to ${dateTime(to)}, ${reason}`);

const mostGaps = 100;

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');
