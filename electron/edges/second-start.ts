import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { sameText } from '../verdict.ts';
import { openLockRecord, ownerWords } from './lock-record.ts';
import { type HeldProfile, ownerAddress } from './profile-lock.ts';

/** A request of another start to the running app. Paths are absolute. */
export const Command = z.discriminatedUnion('kind', [
  /** `hidden`: in the tray only. */
  z.object({ kind: z.literal('run'), hidden: z.optional(z.boolean()) }),
  z.object({ kind: z.literal('open'), id: z.string() }),
  z.object({ kind: z.literal('quit') }),
  z.object({ kind: z.literal('export'), file: z.string(), withQuarantine: z.boolean() }),
  z.object({ kind: z.literal('simulate'), what: z.string() }),
]);
export type Command = z.infer<typeof Command>;

/** The running app's result: for stdout where `ok`, else for stderr. */
export const Reply = z.object({ ok: z.boolean(), text: z.string() });
export type Reply = z.infer<typeof Reply>;

/** The start of another version may know other commands. */
const Request = z.object({ key: z.string(), command: z.unknown() });
type Request = { readonly key: string; readonly command: Command };
const unknownCommand: Reply = {
  ok: false,
  text: 'Hookbell is running, but in another version, which does not know this. Restart it, then try again',
};
/** One JSON line each: the receipt, and then the reply. `stale`: the key is wrong, and the record must be read again. */
const Message = z.union([
  z.object({ heard: z.literal(true) }),
  z.object({ stale: z.literal(true) }),
  z.object({ reply: Reply }),
]);
type Message = z.infer<typeof Message>;

export type OwnerAnswer =
  | { readonly status: 'answered'; readonly reply: Reply }
  /** Nobody owns the profile any more. */
  | { readonly status: 'gone' }
  | { readonly status: 'unanswered'; readonly owner: string | null };

const patienceMs = 5000;
const retryMs = 100;
const longestRequest = 64 * 1024;

/** Sends a command to the owner of a profile. Waits 5 s for the receipt, and then without limit for the reply. */
export const askOwner = async (
  userData: string,
  command: Command,
  withinMs = patienceMs,
): Promise<OwnerAnswer> => {
  const record = openLockRecord(userData);
  for (let left = withinMs; ; left -= retryMs) {
    const owner = record.read()?.owner ?? null;
    // Without a record it asks too: only the address tells an owner that has yet to write one from none.
    const request = { key: owner?.key ?? '', command };
    const asked = await askOnce(ownerAddress(userData), request, Math.max(left, retryMs));
    if (typeof asked === 'object') return { status: 'answered', reply: asked };
    if (asked === 'gone') return { status: 'gone' };
    if (asked === 'silent' || left <= 0)
      return { status: 'unanswered', owner: owner && ownerWords(owner) };
    await wait(retryMs);
  }
};

/** `again`: to be asked again soon. */
type Asked = Reply | 'gone' | 'again' | 'silent';

const askOnce = (address: string, request: Request, withinMs: number): Promise<Asked> =>
  new Promise((resolve) => {
    const socket = connect(address);
    const end = (outcome: Asked) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(outcome);
    };
    const patience = setTimeout(() => end('silent'), withinMs);
    socket.on('error', (error: NodeJS.ErrnoException) => end(isNobody(error) ? 'gone' : 'again'));
    socket.on('close', () => end('gone'));
    onLine(socket, (line) => {
      const message = Message.safeParse(valueIn(line)).data;
      if (!message) end('silent');
      else if ('reply' in message) end(message.reply);
      else if ('stale' in message) end('again');
      else clearTimeout(patience);
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });

/** Other errors, such as a full queue, come from an owner that stands still, or that many starts ask at once. */
const isNobody = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' || code === 'EPIPE';

/** Serves the commands of other starts. Null from `fulfil` sends no reply; the other start then claims the profile once it is free. */
export const serveCommands = (
  { server, owner, heartbeat }: Pick<HeldProfile, 'server' | 'owner' | 'heartbeat'>,
  fulfil: (command: Command) => Promise<Reply | null>,
): void => {
  // Any program of this computer can connect; only those that can read the profile know the key.
  server.maxConnections = 16;
  server.on('connection', (socket) => {
    const send = (message: Message) => socket.write(`${JSON.stringify(message)}\n`);
    socket.on('error', () => socket.destroy());
    const patience = setTimeout(() => socket.destroy(), patienceMs).unref();
    onLine(socket, (line) => {
      clearTimeout(patience);
      const request = Request.safeParse(valueIn(line)).data;
      if (!request || !sameText(request.key, owner.key)) {
        heartbeat();
        send({ stale: true });
        // A program that never hangs up would keep one of few connections.
        socket.destroySoon();
        return;
      }
      const command = Command.safeParse(request.command).data;
      send(command ? { heard: true } : { reply: unknownCommand });
      if (command)
        void fulfil(command).then((reply) => {
          if (reply) send({ reply });
        });
    });
  });
};

const onLine = (socket: Socket, listener: (line: string) => void): void => {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > longestRequest) socket.destroy();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) listener(line);
  });
};

const valueIn = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};
