import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { sameText } from '../verdict.ts';
import { holderWords, openLockRecord } from './lock-record.ts';
import { type HeldProfile, ownerAddress } from './profile-lock.ts';

/** What a start asks of the app that is running. Paths are absolute. */
export const Command = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('quit') }),
  z.object({ kind: z.literal('export'), file: z.string(), withQuarantine: z.boolean() }),
  z.object({ kind: z.literal('simulate'), what: z.string() }),
]);
export type Command = z.infer<typeof Command>;

/** What the running app says when it is done: for stdout when all went well, for stderr when not. */
export const Reply = z.object({ ok: z.boolean(), text: z.string() });
export type Reply = z.infer<typeof Reply>;

const Request = z.object({ key: z.string(), command: Command });
/** One a line, in this order: that it was heard, and then the reply. `stale`: the key was none; read the record again. */
const Message = z.union([
  z.object({ heard: z.literal(true) }),
  z.object({ stale: z.literal(true) }),
  z.object({ reply: Reply }),
]);
type Message = z.infer<typeof Message>;

export type Asked =
  | { readonly status: 'answered'; readonly reply: Reply }
  /** Nobody has the profile any more. */
  | { readonly status: 'gone' }
  /** Its owner does not listen. `who` says which process it is, as far as that is known. */
  | { readonly status: 'unanswered'; readonly who: string | null };

const patienceMs = 5000;
const againMs = 100;
const longestRequest = 64 * 1024;

/**
 * Asks the owner of a profile, and waits for as long as it takes once it was heard. An owner that does not say within 5 s that it heard
 * is left alone: it may stand still and go on later.
 */
export const askOwner = async (
  userData: string,
  command: Command,
  withinMs = patienceMs,
): Promise<Asked> => {
  const record = openLockRecord(userData);
  for (let left = withinMs; ; left -= againMs) {
    const holder = record.read()?.holder ?? null;
    const asked = holder
      ? await askOnce(ownerAddress(userData), { key: holder.key, command }, Math.max(left, againMs))
      : 'stale';
    if (typeof asked === 'object') return { status: 'answered', reply: asked };
    if (asked === 'gone') return { status: 'gone' };
    if (asked === 'silent' || left <= 0)
      return { status: 'unanswered', who: holder && holderWords(holder) };
    // Its record was removed, or is not written yet.
    await wait(againMs);
  }
};

const askOnce = (
  address: string,
  request: z.infer<typeof Request>,
  withinMs: number,
): Promise<Reply | 'gone' | 'stale' | 'silent'> =>
  new Promise((resolve) => {
    const socket = connect(address);
    const end = (outcome: Reply | 'gone' | 'stale' | 'silent') => {
      clearTimeout(patience);
      socket.destroy();
      resolve(outcome);
    };
    const patience = setTimeout(() => end('silent'), withinMs);
    socket.on('error', (error: NodeJS.ErrnoException) => end(isNobody(error) ? 'gone' : 'silent'));
    socket.on('close', () => end('gone'));
    onLine(socket, (line) => {
      const message = Message.safeParse(valueIn(line)).data;
      if (!message) end('silent');
      else if ('reply' in message) end(message.reply);
      else if ('stale' in message) end('stale');
      else clearTimeout(patience);
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });

/** Its queue may be full, where it stands still: then somebody is there. */
const isNobody = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' || code === 'EPIPE';

/**
 * Hears the requests of other starts from now on. Each is carried out by `fulfil`, and waits for it where the app is not ready yet; null
 * from it means that nobody will answer, so that the other start has the profile once it is free.
 */
export const hearRequests = (
  { server, holder, look }: Pick<HeldProfile, 'server' | 'holder' | 'look'>,
  fulfil: (command: Command) => Promise<Reply | null>,
): void => {
  // Any program of this computer can connect; only one that can read the profile knows the key.
  server.maxConnections = 16;
  server.on('connection', (socket) => {
    const tell = (message: Message) => socket.write(`${JSON.stringify(message)}\n`);
    socket.on('error', () => socket.destroy());
    const patience = setTimeout(() => socket.destroy(), patienceMs).unref();
    onLine(socket, (line) => {
      clearTimeout(patience);
      const request = Request.safeParse(valueIn(line)).data;
      if (!request || !sameText(request.key, holder.key)) {
        look();
        tell({ stale: true });
        // A program that never hangs up would keep its connection, and there are few.
        socket.destroySoon();
        return;
      }
      tell({ heard: true });
      void fulfil(request.command).then((reply) => {
        if (reply) tell({ reply });
      });
    });
  });
};

const onLine = (socket: Socket, tell: (line: string) => void): void => {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > longestRequest) socket.destroy();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) tell(line);
  });
};

const valueIn = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};
