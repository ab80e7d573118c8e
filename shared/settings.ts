import * as z from 'zod/mini';

/** How much a notification tells to whoever sees the screen. */
export const DetailLevel = z.enum(['full', 'type-only', 'new-event']);
export type DetailLevel = z.infer<typeof DetailLevel>;

export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

export const Density = z.enum(['comfortable', 'compact']);
export type Density = z.infer<typeof Density>;

/** The settings a person changes in the window. */
export const Preferences = z.object({
  theme: Theme,
  density: Density,
  notificationDetail: DetailLevel,
});
export type Preferences = z.infer<typeof Preferences>;

/** How long the history is kept; whatever is reached first lets the oldest entries go. */
export const Retention = z.object({
  days: z.int().check(z.minimum(1), z.maximum(3650)),
  entries: z.int().check(z.minimum(1000), z.maximum(1_000_000)),
  bytes: z.int().check(z.minimum(16 * 1024 * 1024)),
});
export type Retention = z.infer<typeof Retention>;

/** What would be removed at once under other limits, from the oldest event on. */
export const Loss = z.object({
  events: z.int(),
  /** Their file is damaged, or the system does not let us read it. */
  unreadable: z.int(),
  /** When the newest of them came, epoch ms. */
  until: z.int(),
  /** The highest of their numbers. */
  upTo: z.int(),
});
export type Loss = z.infer<typeof Loss>;

/** What is left to do by hand after settings were restored, by the names of sources. */
export const Restored = z.object({
  /** Their portals have to be given a new URL. */
  newUrls: z.array(z.string()),
  secrets: z.array(z.string()),
  /** ngrok's authtoken has to be pasted. */
  authtoken: z.boolean(),
});
export type Restored = z.infer<typeof Restored>;
