import type { SimulatedAnswer } from '../../shared/simulation.ts';

/** The receiver's answer to a simulated delivery: "200 recorded". */
export const answerWords = ({ status, outcome }: SimulatedAnswer): string => {
  const words = outcome.replaceAll('-', ' ');
  return status === 0 ? `not reached: ${words}` : `${status} ${words}`;
};

export const isAccepted = ({ status }: SimulatedAnswer): boolean => status >= 200 && status < 300;
