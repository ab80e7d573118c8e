import * as z from 'zod/mini';

/** One simulated delivery to a source, or a story of many. */
export const SimulationRequest = z.discriminatedUnion('what', [
  z.object({ what: z.literal('delivery'), sourceId: z.string(), simulation: z.string() }),
  z.object({ what: z.literal('story'), story: z.string() }),
]);
export type SimulationRequest = z.infer<typeof SimulationRequest>;

export const Story = z.object({ id: z.string(), label: z.string(), description: z.string() });
export type Story = z.infer<typeof Story>;

/** The receiver's answer to a simulated delivery; status 0 when the receiver was unreachable. */
export const SimulatedAnswer = z.object({
  sourceId: z.string(),
  simulation: z.string(),
  status: z.int(),
  /** `recorded`, `duplicate`, `unrecognized`, or the refusal. */
  outcome: z.string(),
});
export type SimulatedAnswer = z.infer<typeof SimulatedAnswer>;
