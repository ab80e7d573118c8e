import type { z } from 'zod/mini';
import {
  type Answer,
  type Answers,
  type Parsed,
  type RequestName,
  requests,
} from '../shared/ipc.ts';
import { isWithin } from './input-size.ts';

/**
 * The main side of `window.hookbell.ask`: a question is measured, parsed, then answered, and of the answer only what the contract
 * promises gets out (E6). Rejects for what is no question of ours, is too large, or is no answer to it.
 */
export const createAsk =
  (answers: Answers, secretsOpened: () => Promise<void>) =>
  async (name: string, input: unknown): Promise<unknown> => {
    if (!isRequestName(name)) throw new TypeError('Unknown question');
    if (!isWithin(input, inputAtMost[name] ?? usualInput)) throw new RangeError('Too large');
    if (aboutSecrets.includes(name)) await secretsOpened();
    return answerOne(name, requests[name], answers[name], input);
  };

/** A question's name as the log may have it: any other text is the page's (E7b). */
export const questionFor = (name: string): string =>
  isRequestName(name) ? name : 'what is no question';

const longestName = Math.max(...Object.keys(requests).map(({ length }) => length));

const isRequestName = (name: string): name is RequestName =>
  name.length <= longestName && Object.hasOwn(requests, name);

/** See `isWithin`. */
const usualInput = 64 * 1024;
const inputAtMost: { readonly [N in RequestName]?: number } = {
  copyText: 4_194_304 + 1024,
};

/**
 * Answers made of 200 entries, each of which was parsed when it was read from the disk: to parse all of them again makes the first
 * page come three times as late.
 */
const madeOfParsed: readonly RequestName[] = ['timeline', 'fitting'];

/** Questions whose answer needs a secret wait for the keyring, at most 3 s (K5). All others are answered with what is known now. */
const aboutSecrets: readonly RequestName[] = [
  ...(['addSource', 'changeSource', 'removeSource', 'replaceToken'] as const),
  ...(['copyEndpoint', 'changeTunnel', 'openSettingsFile', 'restoreSettings'] as const),
];

const answerOne = async <N extends RequestName>(
  name: N,
  contract: { readonly input: z.ZodMiniType<Parsed<N>>; readonly output: z.ZodMiniType<Answer<N>> },
  answer: Answers[N],
  input: unknown,
): Promise<Answer<N>> => {
  const answered = await answer(contract.input.parse(input));
  return madeOfParsed.includes(name) ? answered : contract.output.parse(answered);
};
