import * as z from 'zod/mini';

export const searchesAtMost = 50;

/** A search that the person gave a name. No two have the same. */
export const SavedSearch = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** As typed; see `parseQuery`. */
  query: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

export const SavedSearches = z.array(SavedSearch).check(
  z.maxLength(searchesAtMost),
  z.refine((all) => new Set(all.map(({ name }) => name)).size === all.length),
);
