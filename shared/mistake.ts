import * as z from 'zod/mini';

/** A mistake in a file. `path` is such as `sources[1].token`; null means the whole file. */
export const Mistake = z.object({ path: z.nullable(z.string()), message: z.string() });
export type Mistake = z.infer<typeof Mistake>;
