import * as z from 'zod/mini';
import { AppState } from './app-state.ts';
import { Damage, Gap } from './gap.ts';
import { Mistake, Problem } from './problem.ts';
import { QuarantinedDelivery } from './quarantine.ts';
import { queryAtMost } from './query.ts';
import { Preferences, Restored, Retention } from './settings.ts';
import { SimulatedAnswer, SimulationRequest, Story } from './simulation.ts';
import { ProviderInfo, Source, SourceChange, SourceDraft } from './source.ts';
import { Cursor, EntryDetail, TimelineEntry, TimelinePage } from './timeline.ts';
import { ImportResult } from './transfer.ts';
import { TunnelChoice } from './tunnel.ts';

const sourceId = z.object({ id: z.string() });
const seq = z.int();
const seqs = z.array(seq).check(z.maxLength(500));

export const pages = ['timeline', 'sources', 'simulator', 'health', 'settings'] as const;
export type Page = (typeof pages)[number];

/** A place in the window: an entry of the timeline, or a page. */
export const Opening = z.discriminatedUnion('what', [
  z.object({ what: z.literal('entry'), seq }),
  z.object({ what: z.literal('page'), page: z.enum(pages) }),
]);
export type Opening = z.infer<typeof Opening>;

/** Done, or the problem that kept it from being done. */
export const Settled = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done') }),
  z.object({ status: z.literal('failed'), problem: Problem }),
]);
export type Settled = z.infer<typeof Settled>;

/** As `Settled`, with what came of it. */
const outcomeOf = <T extends z.core.$ZodType>(value: T) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('done'), value }),
    z.object({ status: z.literal('failed'), problem: Problem }),
  ]);

const queryText = z.string().check(z.maxLength(queryAtMost));

/** Where something was saved, to be told: the file's name, and the folder it is in. */
const savedFile = { name: z.string(), folder: z.string() };

/** Whether secrets may go into a plain file where the system has no keyring; without it the answer is `keyring-missing`. */
const storage = { withoutKeyring: z.boolean() };

/** What the window may ask: each question's input and answer. Main parses both. */
export const requests = {
  state: { input: z.void(), output: AppState },
  /** What a new window shows first, when a notification or the tray made it; asked once, right after it has loaded. */
  opening: { input: z.void(), output: z.nullable(Opening) },
  providers: { input: z.void(), output: z.array(ProviderInfo) },
  timeline: {
    /** `query` is as it was typed; see `parseQuery`. A newer question ends an older one that is still being searched. */
    input: z.object({
      before: z.nullable(Cursor),
      query: z.optional(queryText),
    }),
    output: TimelinePage,
  },
  /** Those of some entries that a query finds, in the order they were asked for. */
  fitting: {
    input: z.object({ seqs, query: queryText }),
    output: z.array(TimelineEntry),
  },
  entry: { input: z.object({ seq }), output: z.nullable(EntryDetail) },
  markSeen: {
    input: z.object({ seqs, seen: z.boolean() }),
    output: z.void(),
  },
  markAllSeen: { input: z.void(), output: z.void() },
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
  /** A new endpoint; the old URL works for seven more days. */
  replaceToken: { input: z.object({ id: z.string(), ...storage }), output: outcomeOf(Source) },
  /** Lets what no signature proves take up another quarter of the history (H15). */
  raiseShare: { input: sourceId, output: Settled },
  /** Puts the whole endpoint URL on the clipboard. */
  copyEndpoint: { input: sourceId, output: z.boolean() },
  copyText: {
    input: z.object({ text: z.string().check(z.maxLength(4_194_304)) }),
    output: z.void(),
  },
  stories: { input: z.void(), output: z.array(Story) },
  simulate: { input: SimulationRequest, output: z.array(SimulatedAnswer) },
  changePreferences: { input: z.partial(Preferences), output: Settled },
  /** The person has read it; conditions that are still true come back by themselves. */
  dismissProblem: { input: z.object({ code: z.string() }), output: z.void() },
  /**
   * Saves the history where the person says: whole as JSON Lines, or as a table; all of it, or what `query` (as it was typed)
   * finds. Null when they thought better of it, before it began or while it went on.
   */
  exportHistory: {
    input: z.object({ format: z.enum(['jsonl', 'csv']), query: z.optional(queryText) }),
    output: z.nullable(z.object({ entries: z.int(), ...savedFile })),
  },
  /** Ends the export or import under way: there will be no file, and of an import stays what was read. */
  callOffTransfer: { input: z.void(), output: z.void() },
  /**
   * Reads an export the person chooses into an empty history, or reads on in the one whose reading was begun. Null when they
   * thought better of it before anything was read. The state goes on telling what became of it.
   */
  importHistory: { input: z.void(), output: z.nullable(ImportResult) },
  /** The person has read what became of the last import. */
  forgetImport: { input: z.void(), output: z.void() },
  /** Saves the settings where the person says, without secrets and tokens. Null when they thought better of it. */
  saveSettings: { input: z.void(), output: z.nullable(z.object(savedFile)) },
  /**
   * Reads settings from a file the person chooses and says what restoring them would change, one sentence each; nothing is
   * changed by it. Null when they thought better of it.
   */
  openSettingsFile: {
    input: z.void(),
    output: z.nullable(
      z.discriminatedUnion('status', [
        z.object({ status: z.literal('offered'), name: z.string(), changes: z.array(z.string()) }),
        z.object({ status: z.literal('mistaken'), name: z.string(), mistakes: z.array(Mistake) }),
      ]),
    ),
  },
  /** Does what the file that was opened last would change: all of it, or nothing. */
  restoreSettings: { input: z.object(storage), output: outcomeOf(Restored) },
  /** Chooses the public way in. An authtoken left out stays; it is never shown again. */
  changeTunnel: {
    input: z.object({ choice: TunnelChoice, ...storage }),
    output: Settled,
  },
  /** Tries the public way in again, now. */
  retryTunnel: { input: z.void(), output: z.void() },
  /** From now on requests that name this host, which is a name with or without a port, are for us. */
  acceptHost: {
    input: z.object({ host: z.string().check(z.maxLength(259)) }),
    output: Settled,
  },
  /**
   * What would remove events at once is refused with `events-would-go`, until it is asked for again with what the person has
   * agreed to: the `upTo` of it. Null where they were not asked yet.
   */
  changeRetention: {
    input: z.object({ retention: Retention, agreedUpTo: z.nullable(seq) }),
    output: Settled,
  },
  /** Opens the folder of the history in the system's file manager; where that fails, says where it is. */
  openHistoryFolder: {
    input: z.void(),
    output: z.discriminatedUnion('status', [
      z.object({ status: z.literal('opened') }),
      z.object({ status: z.literal('refused'), folder: z.string() }),
    ]),
  },
  /** When nothing could be received, and what cannot be read any more; both oldest first. */
  missing: {
    input: z.void(),
    output: z.object({ gaps: z.array(Gap), damages: z.array(Damage) }),
  },
} satisfies Record<string, { input: z.core.$ZodType; output: z.core.$ZodType }>;

export type RequestName = keyof typeof requests;
export type Asked<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type Parsed<N extends RequestName> = z.output<(typeof requests)[N]['input']>;
export type Answer<N extends RequestName> = z.output<(typeof requests)[N]['output']>;

/** The window's side. Rejects only when main has a bug; what a person can act on is part of the answer. */
export type Ask = <N extends RequestName>(name: N, input: Asked<N>) => Promise<Answer<N>>;
export type Answers = {
  [N in RequestName]: (input: Parsed<N>) => Answer<N> | Promise<Answer<N>>;
};

/** What main tells the window without being asked. */
export type Push =
  /** New entries, oldest first. */
  | { what: 'added'; entries: TimelineEntry[] }
  /** Entries whose marks changed: seen, repeats, notes, notification. */
  | { what: 'changed'; entries: TimelineEntry[] }
  | { what: 'state'; state: AppState }
  | { what: 'quarantined' }
  /** Entries came in from a file, in between or before the others: ask for the timeline anew. */
  | { what: 'imported' }
  /** The oldest entries were removed: none up to this number can be read any more. */
  | { what: 'forgotten'; upTo: number }
  /** Gaps or damage: ask for `missing` again. */
  | { what: 'missing' }
  /** A notification or a tray item was clicked while the window was there. */
  | { what: 'open'; opening: Opening };

/** What `preload.ts` puts on the window. */
export type HookbellBridge = {
  ask: Ask;
  /** Calls `listener` with every push from now on; returns how to stop. */
  listen: (listener: (push: Push) => void) => () => void;
};
