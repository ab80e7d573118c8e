import * as z from 'zod/mini';

/** What goes to or comes from a file right now: `all` of the history, its `table`, what a search `found`, or an `import`. */
export const Transfer = z.object({
  what: z.enum(['all', 'table', 'found', 'import']),
  /** Events so far, and of how many where that is known; of an import that is not known while the file is checked. */
  done: z.int(),
  of: z.nullable(z.int()),
});
export type Transfer = z.infer<typeof Transfer>;

/** The events of a file: how many were read just now, how many were here already, and how many there are. */
const counts = { entries: z.int(), known: z.int(), of: z.int() };

/** So many days from now on, because some are older than was kept before; null where nothing had to change. */
const keptForDays = z.nullable(z.int());

/** Why a line of a file cannot be read. */
export const LineFault = z.discriminatedUnion('what', [
  z.object({ what: z.literal('too-long') }),
  z.object({ what: z.literal('no-entry') }),
  /** A field of it is missing, or holds what no entry can have. */
  z.object({ what: z.literal('field'), field: z.string() }),
]);
export type LineFault = z.infer<typeof LineFault>;

/** What became of an import. */
export const ImportResult = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    ...counts,
    keptForDays,
    /** Deliveries that had been rejected: they were left out. */
    rejected: z.int(),
    /** Sources of these events that are not set up here. */
    strangeSources: z.int(),
  }),
  /** What was read stays, and the same file can be read on. */
  z.object({ status: z.literal('called-off'), ...counts, keptForDays }),
  /** As one that was called off, but by the disk; `message`: what happened and what helps. */
  z.object({ status: z.literal('stopped'), ...counts, keptForDays, message: z.string() }),
  /** One that was begun before this start did not come to its end, and the same file can be read on. */
  z.object({ status: z.literal('unfinished') }),
  /** There are events that an import would be mixed up with. */
  z.object({ status: z.literal('not-empty') }),
  /** Not the file whose reading was begun. */
  z.object({ status: z.literal('another') }),
  /** Nothing was read: this line, counted from 1, is the first that cannot be. */
  z.object({ status: z.literal('unreadable'), line: z.int(), fault: LineFault }),
  z.object({ status: z.literal('failed') }),
]);
export type ImportResult = z.infer<typeof ImportResult>;
