import * as z from 'zod/mini';

/** For a delivery that was admitted later: the newest entry when it arrived (0: none), and its own number in the quarantine. */
export const InsertAfter = z.readonly(z.tuple([z.int(), z.int()]));
export type InsertAfter = z.infer<typeof InsertAfter>;
