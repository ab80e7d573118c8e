import * as z from 'zod/mini';
import { Fact, Proof, ProviderEvent, UnreadableBody } from './event.ts';
import { InsertAfter } from './insert-after.ts';
import { SeqRanges } from './marking.ts';
import { OfferedPlace } from './place-outside.ts';

/** What holds a notification back for now: the person's pause or quiet hours, or the system. */
export const HeldBy = z.enum(['paused', 'quiet-hours', 'system']);
export type HeldBy = z.infer<typeof HeldBy>;

/** Whether a notification was shown, and why or why not, for people. `held`: it is announced later. */
export const NotificationDecision = z.object({
  shown: z.boolean(),
  why: z.string(),
  held: z.optional(HeldBy),
});
export type NotificationDecision = z.infer<typeof NotificationDecision>;

const arrival = {
  id: z.uuid(),
  /** Sequence number: gapless from 1, in the order of recording. */
  seq: z.int(),
  sourceId: z.string(),
  provider: z.string(),
  /** Epoch ms. */
  receivedAt: z.int(),
  /** Only for an entry that was admitted later. */
  cameAfter: z.optional(InsertAfter),
  proof: Proof,
  simulated: z.boolean(),
  /** An earlier delivery has the same id and other content. */
  conflicts: z.boolean(),
  seen: z.boolean(),
  /** Left out where it is not. What is archived is seen. */
  archived: z.optional(z.boolean()),
  pinned: z.optional(z.boolean()),
  /** The number of duplicates. */
  duplicates: z.int(),
  /** Plain text from later deliveries, such as a chain reorganisation. */
  notes: z.array(z.string()),
  /** Null until it is decided, at the latest after the next start. */
  notification: z.nullable(NotificationDecision),
  /** Only for an imported entry: when it was imported, epoch ms. */
  importedAt: z.optional(z.int()),
  /** Only in a search result: the fact that contains the term when the row does not. */
  found: z.optional(z.object({ label: z.string(), value: z.string() })),
};

/** An accepted delivery. Rejected ones are in the quarantine. */
export const TimelineEntry = z.discriminatedUnion('status', [
  z.object({ ...arrival, status: z.literal('event'), event: ProviderEvent }),
  z.object({
    ...arrival,
    status: z.literal('unrecognized'),
    type: z.nullable(z.string()),
    unreadable: z.optional(UnreadableBody),
  }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** The `Place` where the next page starts. */
export const Cursor = z.object({ seq: z.int(), cameAfter: z.optional(InsertAfter) });

/** At most 200 entries, newest first. A search may return fewer, or none, although more follow. */
export const TimelinePage = z.object({
  entries: z.array(TimelineEntry),
  /** The cursor for older entries; null when there are none. */
  before: z.nullable(Cursor),
});
export type TimelinePage = z.infer<typeof TimelinePage>;

/** Oldest first. Entries that are archived, or cannot be read, are left out. */
export const Extent = z.object({
  /** Sequence numbers of some neighbouring entries, and between which instants (epoch ms) those were received. */
  spans: z.array(z.object({ ranges: SeqRanges, firstAt: z.int(), lastAt: z.int() })),
  /** Entries that were admitted later; their places are in the order of the timeline. */
  late: z.array(Cursor),
});
export type Extent = z.infer<typeof Extent>;

/** A received header. A masked value is empty. */
export const MaskedHeader = z.object({ name: z.string(), value: z.string(), masked: z.boolean() });
export type MaskedHeader = z.infer<typeof MaskedHeader>;

/** `text` is null when the bytes are not UTF-8; then `hex` has the first bytes. */
export const MaskedBody = z.object({
  bytes: z.int(),
  sha256: z.string(),
  text: z.nullable(z.string()),
  hex: z.nullable(z.string()),
});
export type MaskedBody = z.infer<typeof MaskedBody>;

export const EntryDetail = z.object({
  entry: TimelineEntry,
  /** Empty for an unrecognized delivery. */
  facts: z.array(Fact),
  headers: z.array(MaskedHeader),
  body: MaskedBody,
  /** Sentences for people. */
  verification: z.object({ checked: z.array(z.string()), unproven: z.array(z.string()) }),
  /** Where more of it can be seen; none for a simulated delivery, whose ids are made up. */
  places: z.array(OfferedPlace),
});
export type EntryDetail = z.infer<typeof EntryDetail>;
