import * as z from 'zod/mini';
import { PlaceOutside } from '../../shared/place-outside.ts';

/** What a button of a notification does. */
export const NotificationButton = z.discriminatedUnion('does', [
  z.object({ does: z.literal('mark-read'), seqs: z.array(z.int()) }),
  /** No growth of the condition is told for so long. */
  z.object({ does: z.literal('snooze'), conditionId: z.string(), ms: z.int() }),
  /** It is known, and told again once it has ended. */
  z.object({ does: z.literal('acknowledge'), conditionId: z.string() }),
  z.object({ does: z.literal('open-place'), place: PlaceOutside }),
]);
export type NotificationButton = z.infer<typeof NotificationButton>;

export type LabelledButton = { readonly label: string; readonly press: NotificationButton };
