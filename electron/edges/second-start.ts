import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** What a second start asks of the running app. Paths are absolute. */
export const Wish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('quit') }),
  z.object({ kind: z.literal('export'), file: z.string(), withQuarantine: z.boolean() }),
  z.object({ kind: z.literal('simulate'), what: z.string() }),
]);
export type Wish = z.infer<typeof Wish>;

const Letter = z.object({ wish: Wish, reply: z.uuid() });

/** What the running app says when it is done: for stdout when all went well, for stderr when not. */
export const Reply = z.object({ ok: z.boolean(), text: z.string() });
export type Reply = z.infer<typeof Reply>;

const pollMs = 50;
const patienceMs = 1000;

const replyFile = (userData: string, id: string) => join(userData, 'replies', `${id}.json`);

/** The letter that travels with a second start, and how to wait for its answer. */
export const writeLetter = (userData: string, wish: Wish) => {
  const reply = randomUUID();
  return {
    letter: { wish, reply },
    /** Null when there is no answer yet after so many ms: the other may be at work, or may have ended. */
    answer: async (withinMs = patienceMs): Promise<Reply | null> => {
      const file = replyFile(userData, reply);
      for (let waited = 0; ; waited += pollMs) {
        const text = await readFile(file, 'utf8').catch(() => null);
        if (text !== null) {
          rmSync(file, { force: true });
          return Reply.parse(JSON.parse(text));
        }
        if (waited >= withinMs) return null;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
  };
};

/**
 * Reads letters, each once however often it is sent; null for what is none of ours, or was read before.
 * `answer` leaves the reply where the other process looks for it.
 */
export const letterBox = (userData: string) => {
  const known = new Set<string>();
  return (value: unknown) => {
    const letter = Letter.safeParse(value).data;
    if (!letter || known.has(letter.reply)) return null;
    known.add(letter.reply);
    return {
      wish: letter.wish,
      answer: (reply: Reply): void => {
        const file = replyFile(userData, letter.reply);
        mkdirSync(join(userData, 'replies'), { recursive: true, mode: 0o700 });
        writeFileSync(`${file}.tmp`, JSON.stringify(reply), { mode: 0o600 });
        renameSync(`${file}.tmp`, file);
      },
    };
  };
};
