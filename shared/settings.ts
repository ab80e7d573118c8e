import * as z from 'zod/mini';

/** How much a notification shows on the screen. */
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
  /** The person answered the question whether to start at login, which is asked once. */
  askedAboutLogin: z.optional(z.boolean()),
  /** The URL on this computer that the person forwarded a delivery to last. */
  forwardTo: z.optional(z.string()),
});
export type Preferences = z.infer<typeof Preferences>;

/** Limits of the history. The first limit reached removes the oldest entries. */
export const Retention = z.object({
  days: z.int().check(z.minimum(1), z.maximum(3650)),
  entries: z.int().check(z.minimum(1000), z.maximum(1_000_000)),
  bytes: z.int().check(z.minimum(16 * 1024 * 1024)),
});
export type Retention = z.infer<typeof Retention>;

/** The events that new limits would remove at once. */
export const Loss = z.object({
  events: z.int(),
  /** Events in a damaged or unreadable file. */
  unreadable: z.int(),
  /** When the newest of them was received, epoch ms. */
  until: z.int(),
  /** Their highest sequence number. */
  upTo: z.int(),
});
export type Loss = z.infer<typeof Loss>;

/** The manual steps after a restore, by names of sources. */
export const Restored = z.object({
  /** Their portals need a new URL. */
  newUrls: z.array(z.string()),
  secrets: z.array(z.string()),
  authtoken: z.boolean(),
});
export type Restored = z.infer<typeof Restored>;
