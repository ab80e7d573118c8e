import { request } from 'node:http';
import * as z from 'zod/mini';
import type { DeliverAgain } from '../replay/deliver-again.ts';
import type { Post } from '../simulate/simulator.ts';
import { postToLoopback } from './loopback.ts';
import { againHeader, simulatorHeader } from './request-head.ts';

const AnswerBody = z.object({ status: z.optional(z.string()), error: z.optional(z.string()) });
const timeoutMs = 10_000;

export type PostOptions = {
  readonly port: () => number | null;
  /** Our public URL while it works: a test then takes the whole way of a provider's delivery. */
  readonly publicBase: () => string | null;
  readonly fetch: (
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ) => Promise<{ readonly status: number; readonly text: string }>;
  /** Marks the request as our own simulator's. */
  readonly token: string;
};

/** Posts to our own receiver, through the public URL where there is one. */
export const postToOurselves =
  ({ port, publicBase, fetch, token }: PostOptions): Post =>
  async (path, headers, body) => {
    const marked = { ...headers, [simulatorHeader]: token };
    const base = publicBase();
    const to = port();
    try {
      if (base === null && to === null)
        return { status: 0, outcome: 'the receiver is not listening' };
      const { status, text } =
        base === null
          ? await postLocally(to ?? 0, path, marked, body)
          : await fetch(`${base}${path}`, marked, body);
      return { status, outcome: outcomeIn(text) };
    } catch (error) {
      return { status: 0, outcome: error instanceof Error ? error.message : 'unknown error' };
    }
  };

/** Delivers to our own receiver again. It records nothing, so the public URL would prove nothing. */
export const deliverAgainToOurselves =
  ({ port, token }: Pick<PostOptions, 'port' | 'token'>): DeliverAgain =>
  async ({ path, headers, body, firstAt, simulated }) => {
    const to = port();
    if (to === null) return { status: 0, outcome: 'the receiver is not listening' };
    try {
      const { status, text } = await postToLoopback({
        url: `http://127.0.0.1:${to}${path}`,
        headers: [
          ...headers,
          [againHeader, `${token} ${firstAt}`],
          ...(simulated ? [[simulatorHeader, token] as const] : []),
        ],
        body,
      });
      return { status, outcome: outcomeIn(text) };
    } catch (error) {
      return { status: 0, outcome: error instanceof Error ? error.message : 'unknown error' };
    }
  };

const postLocally = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, method: 'POST', path, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sending.setTimeout(timeoutMs, () => sending.destroy(new Error('no answer within 10 s')));
    sending.on('error', reject);
    sending.end(body);
  });

const outcomeIn = (text: string): string => {
  try {
    const { status, error } = AnswerBody.parse(JSON.parse(text));
    return status ?? error ?? '';
  } catch {
    return '';
  }
};
