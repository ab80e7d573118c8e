import type { Proof, Reading } from '../../shared/event.ts';
import type { Delivery } from '../delivery.ts';
import { fairQueue } from '../fair-queue.ts';
import { type Draft, storedBody } from '../history/record.ts';
import type { Credentials, IdempotencyKey, Provider } from '../providers/provider.ts';
import { storedReading } from '../providers/understanding.ts';
import type { StoredSource } from '../setup/settings.ts';
import { type Rejected, rejected, type Verdict } from '../verdict.ts';
import { unacceptable } from './admission.ts';

/** A delivery, and what it is judged by. */
export type Case = {
  readonly source: StoredSource;
  readonly delivery: Delivery;
  readonly provider: Provider;
  readonly credentials: Credentials;
};

export type Judged = Rejected | { readonly status: 'believed'; readonly draft: Draft };

export type Judge = (one: Case) => Promise<Judged>;

/** Bodies over this size, in bytes, are judged one by one, in turn with those of other sources (P7). */
const largeBytes = 16 * 1024;

type Waiting = {
  readonly one: Case;
  readonly resolve: (judged: Judged) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Judges the deliveries of one turn of the event loop together: first all are authenticated, then all are understood. The same step many
 * times in a row takes about half as long; without this a third fewer deliveries are answered at 64 connections (docs/benchmarks.md).
 */
export const createJudge = (): Judge => {
  let waiting: Waiting[] = [];

  const judgeBatch = (): void => {
    const batch = waiting;
    waiting = [];
    const authenticated = batch.map((each) => ({
      ...each,
      verdict: attempt(() => authenticate(each.one)),
    }));
    for (const { one, verdict, resolve, reject } of authenticated) {
      const judged = 'error' in verdict ? verdict : attempt(() => understand(one, verdict.value));
      if ('error' in judged) reject(judged.error);
      else resolve(judged.value);
    }
  };

  return (one) => {
    if (one.delivery.body.byteLength > largeBytes) return judgeInTurn(one);
    return new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(judgeBatch);
      waiting.push({ one, resolve, reject });
    });
  };
};

const judgeInTurn = async (one: Case): Promise<Judged> => {
  const { source, delivery } = one;
  const bytes = delivery.body.byteLength;
  const verdict = await fairQueue(source.id, bytes, () => authenticate(one));
  return fairQueue(source.id, bytes, () => understand(one, verdict));
};

/** A bug in judging one delivery costs no other one. */
const attempt = <T>(task: () => T): { readonly value: T } | { readonly error: unknown } => {
  try {
    return { value: task() };
  } catch (error) {
    return { error };
  }
};

export const authenticate = ({ delivery, credentials, provider }: Case): Verdict => {
  const fault = unacceptable(delivery);
  if (fault) return rejected(fault, 415);
  // What Hookbell sends to itself comes from this very computer, which no provider's address list can name.
  const isOurOwn = delivery.simulated || delivery.again !== undefined;
  const checked = isOurOwn ? { ...credentials, allowedAddresses: [] } : credentials;
  return provider.authenticate(delivery, checked);
};

export const understand = ({ source, delivery, provider }: Case, verdict: Verdict): Judged => {
  if (verdict.status === 'rejected') return verdict;
  const { reading, idempotencyKeys } = provider.understand(delivery, verdict);
  // Anybody can send an unsigned body. A signed one is recorded as it came, because its sender meant it.
  if (reading.status === 'unreadable' && verdict.status === 'trusted')
    return rejected('body-unreadable', 400);
  const draft = draftOf(source, delivery, verdict, storedReading(reading), idempotencyKeys);
  return { status: 'believed', draft };
};

const draftOf = (
  source: StoredSource,
  { id, receivedAt, headers, body, simulated }: Delivery,
  proof: Proof,
  reading: Reading,
  keys: readonly IdempotencyKey[],
): Draft => ({
  id,
  receivedAt,
  sourceId: source.id,
  provider: source.provider,
  headers: headers.map(([name, value]): [string, string] => [name, value]),
  body: storedBody(body),
  proof,
  simulated,
  reading,
  keys,
});
