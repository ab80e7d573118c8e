import * as z from 'zod/mini';
import { AccountView } from './account.ts';
import { AppState } from './app-state.ts';
import { SnoozeEnd } from './condition.ts';
import { Damage, Gap } from './gap.ts';
import { PauseLength } from './hold.ts';
import { eventKinds } from './kinds.ts';
import { License } from './license.ts';
import { LoginStart } from './login-start.ts';
import { MarkChange, MarkName, SeqRanges } from './marking.ts';
import { Mistake } from './mistake.ts';
import { Rule, RuleDraft, RulePreview, rulesAtMost } from './notification-rules.ts';
import { OfferedPlace, OpenedPlace, PlaceOutside } from './place-outside.ts';
import { Problem } from './problem.ts';
import { QuarantinedDelivery } from './quarantine.ts';
import { queryAtMost } from './query.ts';
import { QuietHours } from './quiet-hours.ts';
import { curlForms, DeliveredAgain, Forwarded, Related } from './related.ts';
import { Run, StageDurations } from './run.ts';
import { SavedSearches } from './saved-search.ts';
import { Preferences, Restored, Retention } from './settings.ts';
import { SimulatedAnswer, SimulationRequest, Story } from './simulation.ts';
import { ProviderInfo, Source, SourceChange, SourceDraft } from './source.ts';
import {
  Cursor,
  EntryDetail,
  Extent,
  NotificationDecision,
  TimelineEntry,
  TimelinePage,
} from './timeline.ts';
import { ImportResult } from './transfer.ts';
import { TunnelChoice } from './tunnel.ts';

const sourceId = z.object({ id: z.string() });
const conditionId = z.string().check(z.maxLength(4_096));
const seq = z.int();
const seqs = z.array(seq).check(z.maxLength(500));

export const pages = [
  'timeline',
  'accounts',
  'runs',
  'sources',
  'simulator',
  'notifications',
  'health',
  'settings',
] as const;
export type Page = (typeof pages)[number];

/** What the window should show. */
export const Opening = z.discriminatedUnion('what', [
  z.object({ what: z.literal('entry'), seq }),
  z.object({ what: z.literal('page'), page: z.enum(pages) }),
  /** The very entries of a notification. `of`: how many those were, where these are only the newest. */
  z.object({ what: z.literal('entries'), seqs, of: z.optional(z.int()) }),
  z.object({ what: z.literal('condition'), id: conditionId }),
  /** A link named an entry that the history does not have. */
  z.object({ what: z.literal('unknown-entry') }),
]);
export type Opening = z.infer<typeof Opening>;

/** The result of a request without a value. */
export const Settled = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done') }),
  z.object({ status: z.literal('failed'), problem: Problem }),
]);
export type Settled = z.infer<typeof Settled>;

/** As `Settled`, with a value. */
const outcomeOf = <T extends z.core.$ZodType>(value: T) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('done'), value }),
    z.object({ status: z.literal('failed'), problem: Problem }),
  ]);

/** Cut to `ownNameAtMost` when it is cleaned. */
const givenName = z.nullable(z.string().check(z.maxLength(200)));

/** What the system made of a test. `paused`: two failed in a row, and its service is asked again in a minute. */
export const TestShowing = z.discriminatedUnion('status', [
  z.object({ status: z.literal('shown') }),
  z.object({ status: z.literal('held') }),
  z.object({
    status: z.literal('not-shown'),
    why: z.enum(['no-service', 'no-answer', 'refused', 'paused']),
  }),
]);
export type TestShowing = z.infer<typeof TestShowing>;

const queryText = z.string().check(z.maxLength(queryAtMost));

/** A failure answers with the folder's path. */
const openedFolder = z.discriminatedUnion('status', [
  z.object({ status: z.literal('opened') }),
  z.object({ status: z.literal('refused'), folder: z.string() }),
]);

const savedFile = { name: z.string(), folder: z.string() };

/** Whether secrets may be stored in a plain file without a keyring; else the answer is `keyring-missing`. */
const storage = { withoutKeyring: z.boolean() };

/** How the window was left, so that it comes back so. */
export const Left = z.object({
  page: z.enum(pages),
  query: queryText,
  selected: z.nullable(seq),
  /** The detail of the selected entry was open. */
  opened: z.boolean(),
  /** The entry at the top of the list, where that was scrolled. */
  top: z.nullable(seq),
});
export type Left = z.infer<typeof Left>;

/** The window's requests. Main parses inputs and outputs. */
export const requests = {
  state: { input: z.void(), output: AppState },
  /** What a new window shows first. Asked once, after loading. */
  opening: { input: z.void(), output: z.nullable(Opening) },
  /** Null for a first window. */
  left: { input: z.void(), output: z.nullable(Left) },
  leave: { input: Left, output: z.void() },
  providers: { input: z.void(), output: z.array(ProviderInfo) },
  timeline: {
    /** `query` is as typed; see `parseQuery`. A newer request cancels a running search. */
    input: z.object({
      before: z.nullable(Cursor),
      query: z.optional(queryText),
    }),
    output: TimelinePage,
  },
  /** Where all entries of the timeline are, without reading them: a list can have its height, and any place can be asked for. */
  extent: { input: z.void(), output: Extent },
  /** The newest entry of the timeline that was received before an instant (epoch ms); null where there is none. */
  entryBefore: { input: z.object({ at: z.int() }), output: z.nullable(TimelineEntry) },
  /** The entries among `seqs` that match a query, in that order. */
  matching: {
    input: z.object({ seqs, query: queryText }),
    output: z.array(TimelineEntry),
  },
  entry: { input: z.object({ seq }), output: z.nullable(EntryDetail) },
  /** What the entries near one have in common with it: its run, account or transaction, or the delivery it contradicts. */
  related: { input: z.object({ seq }), output: z.array(Related) },
  /** The body of the event before it of the same kind, source and account; null without one nearby, and `text` null as in `MaskedBody`. */
  previous: {
    input: z.object({ seq }),
    output: z.nullable(z.object({ seq, receivedAt: z.int(), text: z.nullable(z.string()) })),
  },
  /** Puts a delivery on the clipboard as a command of curl. False where the entry is gone, or its URL is asked for and not known now. */
  copyCurl: { input: z.object({ seq, form: z.enum(curlForms) }), output: z.boolean() },
  /** Sends a delivery through the own receiver once more. It is judged and answered, and neither recorded nor announced. */
  deliverAgain: { input: z.object({ seq }), output: DeliveredAgain },
  /** Posts a delivery as it came to a server on this computer, and remembers the URL. */
  forward: {
    input: z.object({ seq, url: z.string().check(z.maxLength(2048)) }),
    output: Forwarded,
  },
  markSeen: {
    input: z.object({ seqs, seen: z.boolean() }),
    output: z.void(),
  },
  /** Gives a mark to entries, or takes it away. Answers what changed, in that order; archiving also marks as seen. */
  mark: {
    input: z.object({ mark: MarkName, on: z.boolean(), ranges: SeqRanges }),
    output: z.array(MarkChange),
  },
  /** Marks as seen what matches a query, as typed; without one, everything. Answers as `mark`. */
  markAllSeen: {
    input: z.optional(z.object({ query: queryText })),
    output: z.array(MarkChange),
  },
  /** How many unread entries match a query, as typed. Null where counting takes too long, or a newer count began. */
  countUnread: { input: z.object({ query: queryText }), output: z.nullable(z.int()) },
  quarantine: {
    input: z.object({ before: z.nullable(seq) }),
    output: z.array(QuarantinedDelivery),
  },
  addSource: { input: z.object({ draft: SourceDraft, ...storage }), output: outcomeOf(Source) },
  changeSource: {
    input: z.object({ change: SourceChange, ...storage }),
    output: outcomeOf(Source),
  },
  removeSource: { input: sourceId, output: Settled },
  /** Replaces the endpoint; the old URL works for seven more days. */
  replaceToken: { input: z.object({ id: z.string(), ...storage }), output: outcomeOf(Source) },
  /** Raises the share of unsigned deliveries by a quarter of the history (H15). */
  raiseShare: { input: sourceId, output: Settled },
  copyEndpoint: { input: sourceId, output: z.boolean() },
  copyText: {
    input: z.object({ text: z.string().check(z.maxLength(4_194_304)) }),
    output: z.void(),
  },
  stories: { input: z.void(), output: z.array(Story) },
  simulate: { input: SimulationRequest, output: z.array(SimulatedAnswer) },
  /** Sends a simulated event that notifies by default, as the source's provider would. Earlier tests are forgotten. Null without the source. */
  sendTest: { input: sourceId, output: z.nullable(SimulatedAnswer) },
  /** Sends a simulated failed sync to `trialSource`, which needs no set-up. */
  tryNow: { input: z.void(), output: SimulatedAnswer },
  /** As the system has it now. */
  loginStart: { input: z.void(), output: LoginStart },
  /** Also answers the question whether to start at login. */
  changeLoginStart: { input: z.object({ on: z.boolean() }), output: Settled },
  /** Replaces all saved searches, in their order. */
  changeSearches: { input: z.object({ searches: SavedSearches }), output: Settled },
  changePreferences: { input: z.partial(Preferences), output: Settled },
  /** Adds a rule; one about the same thing is replaced. */
  addRule: { input: RuleDraft, output: outcomeOf(Rule) },
  removeRule: { input: z.object({ id: z.string() }), output: Settled },
  /** For each of these rules, in their order. */
  previewRules: {
    input: z.object({ rules: z.array(RuleDraft).check(z.maxLength(rulesAtMost)) }),
    output: z.array(RulePreview),
  },
  /** Holds notifications back: for an hour, until 8:00, or until `resume`. */
  pause: { input: z.object({ until: PauseLength }), output: Settled },
  resume: { input: z.void(), output: Settled },
  changeQuietHours: { input: QuietHours, output: Settled },
  /** Shows a notification of a kind, marked as a test, past pause and quiet hours. */
  testNotification: {
    input: z.object({ kind: z.enum(eventKinds) }),
    output: TestShowing,
  },
  /** A condition that is over, or an end in the past, changes nothing; neither do the next two without their condition. */
  snoozeCondition: {
    input: z.object({ id: conditionId, until: SnoozeEnd }),
    output: z.void(),
  },
  /** The person knows it: it is open again with other news. */
  acknowledgeCondition: { input: z.object({ id: conditionId }), output: z.void() },
  reopenCondition: { input: z.object({ id: conditionId }), output: z.void() },
  /** Exports the history, or the matches of `query` (as typed), to a file that the person chooses. Null when cancelled. */
  exportHistory: {
    input: z.object({ format: z.enum(['jsonl', 'csv']), query: z.optional(queryText) }),
    output: z.nullable(z.object({ entries: z.int(), ...savedFile })),
  },
  /** A cancelled export leaves no file; a cancelled import keeps the imported entries. */
  cancelTransfer: { input: z.void(), output: z.void() },
  /** Imports an export that the person chooses. Null when cancelled before the first entry. The result is also in `AppState`. */
  importHistory: { input: z.void(), output: z.nullable(ImportResult) },
  dismissImport: { input: z.void(), output: z.void() },
  /** Saves the settings, without secrets and tokens, to a file that the person chooses. Null when cancelled. */
  saveSettings: { input: z.void(), output: z.nullable(z.object(savedFile)) },
  /** Saves a text for a bug report, see docs/diagnostics.md. Null when cancelled. */
  saveDiagnostics: { input: z.void(), output: outcomeOf(z.nullable(z.object(savedFile))) },
  /** Reads a settings file that the person chooses; `changes` describes a restore. Null when cancelled. */
  openSettingsFile: {
    input: z.void(),
    output: z.nullable(
      z.discriminatedUnion('status', [
        z.object({ status: z.literal('offered'), name: z.string(), changes: z.array(z.string()) }),
        z.object({ status: z.literal('mistaken'), name: z.string(), mistakes: z.array(Mistake) }),
      ]),
    ),
  },
  /** Restores the settings file that was opened last, completely or not at all. */
  restoreSettings: { input: z.object(storage), output: outcomeOf(Restored) },
  /** Configures the public URL. The stored authtoken is never sent to the window. */
  changeTunnel: {
    input: z.object({ choice: TunnelChoice, ...storage }),
    output: Settled,
  },
  /** Reconnects the tunnel now. */
  retryTunnel: { input: z.void(), output: z.void() },
  /** Asks the feed of updates now, where there is one. */
  checkForUpdates: { input: z.void(), output: z.void() },
  /** Restarts into the update that is ready. */
  restartToUpdate: { input: z.void(), output: z.void() },
  /** Accepts requests with this Host, a name with an optional port. */
  acceptHost: {
    input: z.object({ host: z.string().check(z.maxLength(259)) }),
    output: Settled,
  },
  /** Limits that would remove events are refused with `events-would-be-removed`, unless `agreedUpTo` is the `upTo` that the person agreed to. */
  changeRetention: {
    input: z.object({ retention: Retention, agreedUpTo: z.nullable(seq) }),
    output: Settled,
  },
  openHistoryFolder: { input: z.void(), output: openedFolder },
  openLogFolder: { input: z.void(), output: openedFolder },
  /** Opens a place outside in the browser. `agreedHost`: the host that the person agreed to reach without encryption. */
  openPlace: {
    input: z.object({ place: PlaceOutside, agreedHost: z.optional(z.string()) }),
    output: OpenedPlace,
  },
  /** Puts the URL of a place on the clipboard; false where there is none. */
  copyPlace: { input: z.object({ place: PlaceOutside }), output: z.boolean() },
  /** What the buttons of these places say, such as those of a condition; a place that does not exist is left out. */
  offerPlaces: {
    input: z.object({ places: z.array(PlaceOutside).check(z.maxLength(50)) }),
    output: z.array(OfferedPlace),
  },
  /** Of Hookbell, and of all that it is shipped with. */
  licenses: { input: z.void(), output: z.array(License) },
  /** Worst first, and how many more there are. */
  accounts: {
    input: z.void(),
    output: z.object({ accounts: z.array(AccountView), more: z.int() }),
  },
  /** Those that go on first, then the newest, and how many more there are. */
  runs: {
    input: z.void(),
    output: z.object({
      runs: z.array(Run),
      durations: z.array(StageDurations),
      more: z.int(),
    }),
  },
  /** The names that the person gave to accounts. */
  ownNames: {
    input: z.void(),
    output: z.array(z.object({ sourceId: z.string(), accountId: z.string(), name: z.string() })),
  },
  /** Gives an account a name of the person's own; null takes it away. */
  nameAccount: {
    input: z.object({ sourceId: z.string(), accountId: z.string(), name: givenName }),
    output: Settled,
  },
  /** As `nameAccount`, for the user, workspace or grant that accounts and runs belong to. */
  nameOwner: {
    input: z.object({ sourceId: z.string(), ownerId: z.string(), name: givenName }),
    output: Settled,
  },
  /** Oldest first. */
  missing: {
    input: z.void(),
    output: z.object({ gaps: z.array(Gap), damages: z.array(Damage) }),
  },
} satisfies Record<string, { input: z.core.$ZodType; output: z.core.$ZodType }>;

export type RequestName = keyof typeof requests;
export type Asked<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type Parsed<N extends RequestName> = z.output<(typeof requests)[N]['input']>;
export type Answer<N extends RequestName> = z.output<(typeof requests)[N]['output']>;

/** The window's side. A rejection is a bug in main; failures that a person can act on are answers. */
export type Ask = <N extends RequestName>(name: N, input: Asked<N>) => Promise<Answer<N>>;
export type Answers = {
  [N in RequestName]: (input: Parsed<N>) => Answer<N> | Promise<Answer<N>>;
};

/** The notification decision of an entry that was pushed before. */
export const Decided = z.object({ seq, notification: NotificationDecision });
export type Decided = z.infer<typeof Decided>;

/** Main's ordered messages to the window. Main parses them. */
export const Push = z.discriminatedUnion('what', [
  /** New entries, oldest first. */
  z.object({ what: z.literal('added'), entries: z.array(TimelineEntry) }),
  z.object({ what: z.literal('decided'), decided: z.array(Decided) }),
  /** Entries with changed marks: seen, duplicates, notes. */
  z.object({ what: z.literal('changed'), entries: z.array(TimelineEntry) }),
  /** The person gave marks to entries, or took them away: in this window, from the tray, or by undoing it. */
  z.object({ what: z.literal('marked'), changes: z.array(MarkChange) }),
  z.object({ what: z.literal('state'), state: AppState }),
  /** The quarantine changed. */
  z.object({ what: z.literal('quarantined') }),
  /** An import added entries anywhere: ask for the timeline again. */
  z.object({ what: z.literal('imported') }),
  /** All entries up to `upTo` were removed. */
  z.object({ what: z.literal('removed'), upTo: seq }),
  /** Gaps or damage: ask for `missing` again. */
  z.object({ what: z.literal('missing') }),
  /** The person clicked a notification, a tray item or a link. */
  z.object({ what: z.literal('open'), opening: Opening }),
]);
export type Push = z.infer<typeof Push>;

/** The window's API from `preload.ts`. */
export type HookbellBridge = {
  ask: Ask;
  /** Subscribes to pushes; the returned function unsubscribes. */
  listen: (listener: (push: Push) => void) => () => void;
};
