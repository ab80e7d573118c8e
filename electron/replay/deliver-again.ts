import type { HeaderLine } from '../delivery.ts';

/** A recorded delivery, on its way through the receiver once more. */
export type Again = {
  /** Of its source's endpoint, as it is now. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  /** When it first came, epoch ms: it is judged by that time. */
  readonly firstAt: number;
  readonly simulated: boolean;
};

/** Posts to our own receiver over HTTP. Status 0 when it cannot be reached. Never rejects. */
export type DeliverAgain = (
  again: Again,
) => Promise<{ readonly status: number; readonly outcome: string }>;
