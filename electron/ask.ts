import type { z } from 'zod/mini';
import { type Answers, type Parsed, type RequestName, requests } from '../shared/ipc.ts';

/** The main side of `window.hookbell.ask`: a question is parsed, then answered. Rejects for what is no question of ours. */
export const createAsk =
  (answers: Answers) =>
  (name: string, input: unknown): unknown => {
    if (!isRequestName(name)) throw new TypeError('Unknown question');
    return answerOne(requests[name].input, answers[name], input);
  };

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name);

const answerOne = <N extends RequestName>(
  schema: z.ZodMiniType<Parsed<N>>,
  answer: Answers[N],
  input: unknown,
) => answer(schema.parse(input));
