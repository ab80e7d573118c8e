import { expect, test } from 'vitest';
import { providers } from '../../electron/providers/index.ts';
import type { Provider } from '../../electron/providers/provider.ts';
import { type Case, createJudge } from '../../electron/receiver/judge.ts';

const simplehash = providers.get('simplehash');
if (!simplehash) throw new Error('There is no SimpleHash');

/** An unsigned delivery, whose provider notes each step and may have a bug in the first. */
const deliveryOf = (name: string, steps: string[], bug?: Error): Case => {
  const provider: Provider = {
    ...simplehash,
    authenticate: (...given) => {
      steps.push(`authenticate ${name}`);
      if (bug) throw bug;
      return simplehash.authenticate(...given);
    },
    understand: (...given) => {
      steps.push(`understand ${name}`);
      return simplehash.understand(...given);
    },
  };
  return {
    provider,
    source: {
      id: 'simplehash-main',
      provider: 'simplehash',
      name: 'SimpleHash',
      tokenHash: '',
      retired: [],
      clientId: null,
      allowedAddresses: null,
    },
    credentials: { secrets: [], clientId: null, allowedAddresses: [] },
    delivery: {
      id: name,
      receivedAt: 0,
      headers: [['Content-Type', 'application/json']],
      body: Buffer.from('{}'),
      senderAddress: null,
      peerAddress: '127.0.0.1',
      simulated: false,
    },
  };
};

test('the deliveries of one turn are all authenticated before one is understood', async () => {
  const steps: string[] = [];
  const judge = createJudge();
  await Promise.all([judge(deliveryOf('one', steps)), judge(deliveryOf('two', steps))]);
  expect(steps).toEqual([
    'authenticate one',
    'authenticate two',
    'understand one',
    'understand two',
  ]);
});

test('a bug in judging one delivery rejects that one, and the others of its turn are judged', async () => {
  const steps: string[] = [];
  const judge = createJudge();
  const bug = new Error('a bug');
  const [first, second, third] = await Promise.allSettled([
    judge(deliveryOf('one', steps)),
    judge(deliveryOf('two', steps, bug)),
    judge(deliveryOf('three', steps)),
  ]);
  expect([first.status, third.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(second).toEqual({ status: 'rejected', reason: bug });
});
