import * as z from 'zod/mini';

/** The running export or import. */
export const Transfer = z.object({
  what: z.enum(['all', 'table', 'found', 'import']),
  /** Events so far, of `of` in total. The total is unknown while an import checks its file. */
  done: z.int(),
  of: z.nullable(z.int()),
});
export type Transfer = z.infer<typeof Transfer>;

/** Events of a file: `entries` were imported now, `known` existed before, `of` is the total. */
const counts = { entries: z.int(), known: z.int(), of: z.int() };

/** The new retention in days, when the import had to raise it; else null. */
const keptForDays = z.nullable(z.int());

/** Why a line of a file cannot be read. */
export const LineFault = z.discriminatedUnion('what', [
  z.object({ what: z.literal('too-long') }),
  z.object({ what: z.literal('no-entry') }),
  /** A field is missing or invalid. */
  z.object({ what: z.literal('field'), field: z.string() }),
]);
export type LineFault = z.infer<typeof LineFault>;

export const ImportResult = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    ...counts,
    keptForDays,
    /** Skipped lines of rejected deliveries. */
    rejected: z.int(),
    /** Sources of these events that do not exist here. */
    unknownSources: z.int(),
  }),
  /** The imported entries stay; the same file resumes the import. */
  z.object({ status: z.literal('cancelled'), ...counts, keptForDays }),
  /** As `cancelled`, by a failed write. `message`: what happened and what helps. */
  z.object({ status: z.literal('stopped'), ...counts, keptForDays, message: z.string() }),
  /** An import from before this start; the same file resumes it. */
  z.object({ status: z.literal('unfinished') }),
  /** The history has events that do not come from this import. */
  z.object({ status: z.literal('not-empty') }),
  /** Not the file of the unfinished import. */
  z.object({ status: z.literal('other-file') }),
  /** Nothing was imported: `line`, counted from 1, is the first invalid one. */
  z.object({ status: z.literal('unreadable'), line: z.int(), fault: LineFault }),
  z.object({ status: z.literal('failed') }),
]);
export type ImportResult = z.infer<typeof ImportResult>;
