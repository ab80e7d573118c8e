import * as z from 'zod/mini';

/** What goes to or comes from a file right now: `all` of the history, its `table`, what a search `found`, or an `import`. */
export const Transfer = z.object({
  what: z.enum(['all', 'table', 'found', 'import']),
  /** Events so far, and of how many where that is known. */
  done: z.int(),
  of: z.nullable(z.int()),
});
export type Transfer = z.infer<typeof Transfer>;
