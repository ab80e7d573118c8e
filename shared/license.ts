import * as z from 'zod/mini';

/** The licence of a library that Hookbell is shipped with. */
export const License = z.object({
  name: z.string(),
  version: z.string(),
  /** Such as `MIT`; null where the library names none. */
  identifier: z.nullable(z.string()),
  /** Null where the library comes without one. */
  text: z.nullable(z.string()),
});
export type License = z.infer<typeof License>;
