import * as z from 'zod/mini';

/** The marks that a person gives an entry. What is archived is read: marking it unread takes it out of the archive. */
export const MarkName = z.enum(['seen', 'archived', 'pinned']);
export type MarkName = z.infer<typeof MarkName>;

/** Sequence numbers as sorted, disjoint, inclusive ranges. */
export const SeqRanges = z.readonly(
  z.array(z.readonly(z.tuple([z.int(), z.int()]))).check(z.maxLength(200_000)),
);

/** A mark that was given to, or taken from, the entries of these numbers, none of which was so before. */
export const MarkChange = z.object({ mark: MarkName, on: z.boolean(), ranges: SeqRanges });
export type MarkChange = z.infer<typeof MarkChange>;
