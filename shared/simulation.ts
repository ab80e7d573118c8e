import * as z from 'zod/mini';

/** What the simulator is asked to send: one delivery as one source, or a story that uses all of them. */
export const SimulationRequest = z.discriminatedUnion('what', [
  z.object({ what: z.literal('delivery'), sourceId: z.string(), simulation: z.string() }),
  z.object({ what: z.literal('story'), story: z.string() }),
]);
export type SimulationRequest = z.infer<typeof SimulationRequest>;

export const Story = z.object({ id: z.string(), label: z.string(), description: z.string() });
export type Story = z.infer<typeof Story>;

/** What became of one simulated delivery: the receiver's own answer, status 0 when it could not be reached. */
export const SimulatedAnswer = z.object({
  sourceId: z.string(),
  simulation: z.string(),
  status: z.int(),
  /** `recorded`, `duplicate`, `unrecognized`, or the refusal. */
  outcome: z.string(),
});
export type SimulatedAnswer = z.infer<typeof SimulatedAnswer>;
