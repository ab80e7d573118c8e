import type { z } from 'zod/mini';
import {
  type Answer,
  type Answers,
  type Parsed,
  type RequestName,
  requests,
} from '../../shared/ipc.ts';
import { isPlainWithin } from './input-size.ts';

/** Rejects an unknown question and a large input. */
export type AskAnything = (name: string, input: unknown) => Promise<unknown>;

/** The main side of `window.hookbell.ask` (E6). Rejects an unknown question, a large input, and an answer that breaks the contract. */
export const createAsk =
  (answers: Answers, secretsOpened: () => Promise<void>): AskAnything =>
  async (name, input) => {
    if (!isRequestName(name)) throw new TypeError('Unknown question');
    if (!isPlainWithin(input, inputAtMost[name] ?? usualInput)) throw new RangeError('Too large');
    if (aboutSecrets.includes(name)) await secretsOpened();
    return answerOne(name, requests[name], answers[name], input);
  };

/** A question's name for the log: any other text comes from the page (E7b). */
export const questionFor = (name: string): string =>
  isRequestName(name) ? name : 'what is no question';

const longestName = Math.max(...Object.keys(requests).map(({ length }) => length));

const isRequestName = (name: string): name is RequestName =>
  name.length <= longestName && Object.hasOwn(requests, name);

/** See `isPlainWithin`. */
const usualInput = 64 * 1024;
const inputAtMost: { readonly [N in RequestName]?: number } = {
  copyText: 4_194_304 + 1024,
  // Undoing what was marked as read in a long history.
  mark: 4_194_304,
};

/** Answers of up to 200 entries that were parsed when they were read. Parsing them again would make the first page three times as late. */
const madeOfParsed: readonly RequestName[] = ['timeline', 'matching'];

/** Questions that need a secret wait for the keyring, at most 3 s (K5). */
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
