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
