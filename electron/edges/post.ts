import { request } from 'node:http';
import * as z from 'zod/mini';
import type { Post } from '../simulate/simulator.ts';
import { simulatorHeader } from './server.ts';

const Said = z.object({ status: z.optional(z.string()), error: z.optional(z.string()) });
const timeoutMs = 10_000;

/** Posts to our own receiver over loopback HTTP, marked by the word only the two of us know. */
export const postToOurselves =
  (port: () => number | null, word: string): Post =>
  (path, headers, body) =>
    new Promise((resolve) => {
      const to = port();
      if (to === null) {
        resolve({ status: 0, outcome: 'the receiver is not listening' });
        return;
      }
      const sending = request(
        {
          host: '127.0.0.1',
          port: to,
          method: 'POST',
          path,
          headers: { ...headers, [simulatorHeader]: word },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            const said = outcomeIn(Buffer.concat(chunks).toString('utf8'));
            resolve({ status: response.statusCode ?? 0, outcome: said });
          });
        },
      );
      sending.setTimeout(timeoutMs, () => sending.destroy(new Error('no answer within 10 s')));
      sending.on('error', (error) => resolve({ status: 0, outcome: error.message }));
      sending.end(body);
    });

const outcomeIn = (text: string): string => {
  try {
    const { status, error } = Said.parse(JSON.parse(text));
    return status ?? error ?? '';
  } catch {
    return '';
  }
};
