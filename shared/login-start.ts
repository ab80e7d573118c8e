import * as z from 'zod/mini';

/** Whether the system starts Hookbell when the person logs in, as the system has it. */
export const LoginStart = z.discriminatedUnion('status', [
  z.object({ status: z.literal('on') }),
  z.object({ status: z.literal('off') }),
  /** `needs-approval`: macOS has it listed, and waits for the person. */
  z.object({
    status: z.literal('unavailable'),
    reason: z.enum(['not-installed', 'flatpak', 'needs-approval']),
  }),
]);
export type LoginStart = z.infer<typeof LoginStart>;
