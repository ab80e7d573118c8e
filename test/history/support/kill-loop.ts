import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';

import { costBasisCompleted, kryptosSource } from '../../../bench/harness/deliveries.ts';
import type { Kept } from '../../support/receive.ts';
import type { Random } from './random.ts';

export type Tally = {
  rounds: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  /** Entries that stand before an earlier one of the same client. */
  misplaced: number;
  /** Sequence numbers without an entry. */
  missing: number;
  /** The median: a busy machine may delay any single start. */
  startMs: number;
};

/** What receiver-program.ts can do wrong: answer before it stores, or store without a sync. */
export type ReceiverFault = 'answers-first' | 'never-syncs';

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

type Options = {
  /** The bundled receiver-program.ts. */
  readonly program: string;
  readonly folder: string;
  readonly rounds: number;
  readonly random: Random;
  /** For the control. */
  readonly fault?: ReceiverFault;
  /** Ends a round instead of killing the receiver; it has ended when this settles. */
  readonly end?: (receiver: Receiver) => Promise<void>;
  /** Asked after each round. */
  readonly isEnough?: (tally: Tally) => boolean;
};

const source = kryptosSource();
const clients = 8;
const longestRoundMs = 400;

const Ready = z.object({ port: z.int(), startMs: z.number() });
const Contents = z.object({ kept: z.array(z.tuple([z.int(), z.string()])) });

/**
 * Starts the receiver, lets eight clients post to it, kills it at a random moment and starts it again. After each start, every delivery
 * that was answered 200 must be there, once and in order.
 */
export async function killLoop(options: Options): Promise<Tally> {
  const { rounds, random, end = killed, isEnough = () => false } = options;
  const acknowledged = new Set<string>();
  const tally: Tally = {
    rounds: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    misplaced: 0,
    missing: 0,
    startMs: 0,
  };
  const starts: number[] = [];
  const start = async () => {
    const receiver = await startReceiver(options);
    starts.push(receiver.startMs);
    tally.startMs = [...starts].sort((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0;
    Object.assign(tally, judge(acknowledged, await receiver.kept()));
    return receiver;
  };
  let receiver = await start();
  while (tally.rounds < rounds && !isEnough(tally)) {
    const posting = postUntilKilled(receiver.port, tally.rounds, acknowledged);
    await posting.first;
    await Promise.race([pause(random.whole(0, longestRoundMs)), receiver.ended]);
    await Promise.all([end(receiver), posting.ended]);
    tally.rounds += 1;
    tally.acknowledged = acknowledged.size;
    receiver = await start();
  }
  await killed(receiver);
  return tally;
}

const killed = async ({ kill, ended }: Receiver): Promise<void> => {
  kill();
  await ended;
};

/** Starts a receiver in a process of its own; settles when it listens. */
export async function startReceiver({
  program,
  folder,
  fault,
}: Pick<Options, 'program' | 'folder' | 'fault'>) {
  const child = fork(program, [folder, fault ?? ''], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const endedEarly = ended.then(() => {
    throw new Error('The receiver ended by itself');
  });
  endedEarly.catch(() => {});
  const next = async () => (await Promise.race([once(child, 'message'), endedEarly]))[0];
  const { port, startMs } = Ready.parse(await next());
  return {
    port,
    startMs,
    ended,
    pid: child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    kept: async (): Promise<Kept[]> => {
      const answer = next();
      child.send('What do you have?');
      return Contents.parse(await answer).kept;
    },
  };
}

/** Each client sends one delivery after another, under fresh ids, until nobody answers. */
function postUntilKilled(port: number, round: number, acknowledged: Set<string>) {
  let resolveFirst = () => {};
  const first = new Promise<void>((resolve) => {
    resolveFirst = resolve;
  });
  const client = async (number: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; ; count += 1) {
      const id = idOf(round, number, count);
      const status = await post(port, agent, id).catch(() => null);
      if (status === null) break;
      if (status !== 200) throw new Error(`A delivery was answered ${status}`);
      acknowledged.add(id);
      resolveFirst();
    }
    agent.destroy();
  };
  const ended = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return { first: Promise.race([first, ended]), ended };
}

/** Posts a delivery under an id; settles with the status. */
export const post = (port: number, agent: Agent, id: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { path, headers, body } = costBasisCompleted(source, { id });
    const sending = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });

const idOf = (round: number, client: number, count: number) => `whd_${round}_${client}_${count}`;

function judge(acknowledged: ReadonlySet<string>, kept: readonly Kept[]) {
  const ids = new Set(kept.map(([, id]) => id));
  const newest = new Map<string, number>();
  let misplaced = 0;
  for (const [, id] of kept) {
    const [, round, client, count] = id.split('_');
    const before = newest.get(`${round} ${client}`) ?? -1;
    if (Number(count) <= before) misplaced += 1;
    newest.set(`${round} ${client}`, Number(count));
  }
  return {
    lost: [...acknowledged].filter((id) => !ids.has(id)).length,
    doubled: kept.length - ids.size,
    misplaced,
    missing: kept.filter(([seq], at) => seq !== at + 1).length,
  };
}
