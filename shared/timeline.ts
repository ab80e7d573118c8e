import * as z from 'zod/mini';
import { Fact, Proof, ProviderEvent, UnreadableBody } from './event.ts';

/** Whether a pop-up came, and in words for people why or why not. */
export const NotificationDecision = z.object({ shown: z.boolean(), why: z.string() });
export type NotificationDecision = z.infer<typeof NotificationDecision>;

/** See `CameAfter` in place.ts. */
export const CameAfter = z.readonly(z.tuple([z.int(), z.int()]));

const arrival = {
  id: z.uuid(),
  /** Gapless from 1, in the order in which they were kept. */
  seq: z.int(),
  sourceId: z.string(),
  provider: z.string(),
  /** Epoch ms. */
  receivedAt: z.int(),
  /** Only where it was admitted late. */
  cameAfter: z.optional(CameAfter),
  proof: Proof,
  /** Made by Hookbell's own simulator. */
  simulated: z.boolean(),
  /** Carries the id of an earlier delivery but says something else. */
  conflicts: z.boolean(),
  seen: z.boolean(),
  /** How often the same delivery came again. */
  repeats: z.int(),
  /** What later deliveries added, such as a chain reorganisation; plain text. */
  notes: z.array(z.string()),
  /** Null until it was decided; what is left undecided when the app ends is decided after the next start. */
  notification: z.nullable(NotificationDecision),
  /** Only of what was read from an export: when it was, epoch ms. */
  importedAt: z.optional(z.int()),
  /** Only in the answer to a search, and where neither line of the row holds what is looked for: the fact that does. */
  found: z.optional(z.object({ label: z.string(), value: z.string() })),
};

/** Only what was believed has an entry: a rejected delivery lives in the quarantine, which has no event to speak for it. */
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

/** A `Place` to go on from. */
export const Cursor = z.object({ seq: z.int(), cameAfter: z.optional(CameAfter) });

/** At most 200 entries, newest first. One that is searched for may hold fewer, or none, and there is more all the same. */
export const TimelinePage = z.object({
  entries: z.array(TimelineEntry),
  /** Ask with it for what is older; null when there is nothing older. */
  before: z.nullable(Cursor),
});
export type TimelinePage = z.infer<typeof TimelinePage>;

/** A header as it came; the value of one that could let others in is masked and `masked` says so. */
export const ShownHeader = z.object({ name: z.string(), value: z.string(), masked: z.boolean() });
export type ShownHeader = z.infer<typeof ShownHeader>;

/** A body as it came. `text` is null when the bytes are not UTF-8; then `hex` begins the bytes. */
export const ShownBody = z.object({
  bytes: z.int(),
  sha256: z.string(),
  text: z.nullable(z.string()),
  hex: z.nullable(z.string()),
});
export type ShownBody = z.infer<typeof ShownBody>;

/** All that the detail pane shows of an entry, beyond the row itself. */
export const EntryDetail = z.object({
  entry: TimelineEntry,
  /** None where the event was not understood. */
  facts: z.array(Fact),
  headers: z.array(ShownHeader),
  body: ShownBody,
  /** Sentences for people: what was checked, and what that does not prove. */
  verification: z.object({ checked: z.array(z.string()), unproven: z.array(z.string()) }),
});
export type EntryDetail = z.infer<typeof EntryDetail>;
