import type { SimulatedAnswer, SimulationRequest } from '../../shared/simulation.ts';

/** What is known of a request: on its way, answered, or never sent. */
export type Told = SimulatedAnswer[] | 'busy' | 'failed';

export const keyOf = (request: SimulationRequest): string =>
  request.what === 'story' ? request.story : `${request.sourceId}/${request.simulation}`;
