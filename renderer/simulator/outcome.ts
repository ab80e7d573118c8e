import type { SimulatedAnswer, SimulationRequest } from '../../shared/simulation.ts';

export type SimulationOutcome = SimulatedAnswer[] | 'busy' | 'failed';

export const requestKey = (request: SimulationRequest): string =>
  request.what === 'story' ? request.story : `${request.sourceId}/${request.simulation}`;
