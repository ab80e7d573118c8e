import { type Answer, type RequestName, requests } from '../../shared/ipc.ts';

const contract: {
  readonly [N in RequestName]: { readonly output: { parse(value: unknown): Answer<N> } };
} = requests;

/** An answer, checked against the contract. */
export const answerTo = <N extends RequestName>(name: N, value: unknown): Answer<N> =>
  contract[name].output.parse(value);
