import type { Proof, Reading } from '../shared/event.ts';
import type { CameAfter } from '../shared/place.ts';
import type { RejectionReason } from '../shared/quarantine.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import type { Delivery } from './delivery.ts';
import type { Draft } from './history/draft.ts';
import type { History } from './history/history.ts';
import type { Tried } from './history/log-state.ts';
import type { Quarantine } from './history/quarantine.ts';
import { storedBody } from './history/record.ts';
import { providers } from './providers/index.ts';
import type { Credentials, Provider, RepeatKey } from './providers/provider.ts';
import { keptReading } from './providers/understanding.ts';
import { type Answer, bodyLimit, type Refused, refusals, unacceptable } from './receiving.ts';
import type { StoredSource } from './setup/settings.ts';
import type { Shares } from './shares.ts';
import { endOfTurn, othersToo } from './turn.ts';
import { type Rejected, rejected, type Verdict } from './verdict.ts';
import { inTurn } from './work-turns.ts';

/** What happened to a delivery at a source's endpoint, for everything that follows the answer. */
export type Reception =
  | { readonly outcome: 'recorded'; readonly entry: TimelineEntry }
  | { readonly outcome: 'duplicate' }
  /** `number`: of the delivery in the quarantine, null where it is only counted. */
  | {
      readonly outcome: 'rejected';
      readonly reason: RejectionReason;
      readonly number: number | null;
    };

/** What became of a delivery that was believed. */
export type Admitted = Exclude<Reception, { readonly outcome: 'rejected' }>;

export type Steps = {
  /** Null while the source's secrets cannot be read. */
  readonly credentialsOf: (source: StoredSource) => Credentials | null;
  readonly history: Pick<History, 'record' | 'lastSeq' | 'isRepeat'>;
  readonly shares: Pick<Shares, 'reserve'>;
  readonly quarantine: Pick<Quarantine, 'keep'>;
  /** Told once per delivery, in the order of the answers; whatever it starts must not hold up the answer. */
  readonly afterwards: (source: StoredSource, delivery: Delivery, reception: Reception) => void;
  /** Counts a refusal; true when its sender has had so many that it is not kept any more (R13). */
  readonly isTooMany: (delivery: Delivery) => boolean;
  /** Told of each that is neither recorded nor rejected. */
  readonly turnedAway: (why: Refused, delivery: Delivery) => void;
  readonly tried: Tried;
};

/**
 * The whole life of a delivery, in order: authenticate, dedupe, understand, record. `receive` settles with the answer to its sender
 * once the delivery is on disk, and never rejects; `tooLarge` says that the body went past the limit and was not read to its end.
 */
export const createPipeline = (steps: Steps) => {
  const { credentialsOf, history, quarantine, afterwards, isTooMany, tried } = steps;

  const turnAway = (why: Refused, delivery: Delivery): Answer => {
    steps.turnedAway(why, delivery);
    return refusals[why];
  };

  const verdictOn = ({ delivery, credentials, provider }: Case): Verdict => {
    const fault = unacceptable(delivery);
    if (fault) return rejected(fault, 415);
    // Our own simulator posts from this very computer, which no list of a provider's addresses can name.
    const checked = delivery.simulated ? { ...credentials, allowedAddresses: [] } : credentials;
    return provider.authenticate(delivery, checked);
  };

  const judge = ({ source, delivery, provider }: Case, verdict: Verdict): Judged => {
    if (verdict.status === 'rejected') return verdict;
    const { reading, repeatKeys } = provider.understand(delivery, verdict);
    // Anybody could have sent what is unsigned. Whoever signed a body meant it: it is kept as it came.
    if (reading.status === 'unreadable' && verdict.status === 'trusted')
      return rejected('body-unreadable', 400);
    const draft = draftOf(source, delivery, verdict, keptReading(reading), repeatKeys);
    return { status: 'believed', draft };
  };

  /** All that come in one turn are checked, and then all are read: what is done many times in a row takes about half as long. */
  const judgeInCompany = async (one: Case): Promise<Judged> => {
    await endOfTurn();
    const { source, delivery } = one;
    const size = delivery.body.byteLength;
    const verdict = await inTurn(source.id, size, () => verdictOn(one));
    await othersToo;
    return inTurn(source.id, size, () => judge(one, verdict));
  };

  const receive = async (
    source: StoredSource,
    delivery: Delivery,
    tooLarge: boolean,
  ): Promise<Answer> => {
    const provider = providers.get(source.provider);
    const credentials = credentialsOf(source);
    if (!provider || !credentials) return turnAway('locked', delivery);

    const judged = tooLarge
      ? rejected('body-too-large', 413, `more than ${bodyLimit} bytes`)
      : await judgeInCompany({ source, delivery, credentials, provider });
    if (judged.status === 'rejected') {
      if (isTooMany(delivery)) return turnAway('too-many-failures', delivery);
      const newestEntry = history.lastSeq;
      const circumstances = { unread: tooLarge, newestEntry };
      const number = await quarantine.keep(source, delivery, judged, circumstances);
      afterwards(source, delivery, { outcome: 'rejected', reason: judged.reason, number });
      return { status: judged.answer, body: { error: judged.reason } };
    }
    return record(source, delivery, judged.draft);
  };

  const record = async (
    source: StoredSource,
    delivery: Delivery,
    draft: Draft,
  ): Promise<Answer> => {
    const reserved = steps.shares.reserve(source, draft);
    try {
      // A repeat takes up nothing.
      if (!reserved && !(await history.isRepeat(draft))) return turnAway('share-used-up', delivery);
      const admitted = await history.record(draft);
      if (admitted.outcome === 'recorded') tried('events', null);
      afterwards(source, delivery, admitted);
      return { status: 200, body: { status: wordFor(admitted) } };
    } catch (error) {
      tried('events', error);
      return turnAway('not-kept', delivery);
    } finally {
      reserved?.();
    }
  };

  /**
   * For what was rejected before: records it if it is believed now, in its place where that is known, without an answer and without
   * what follows one. Null also where its proof does not suffice (R13c). Rejects when the disk refuses.
   */
  const admitAgain = async (
    source: StoredSource,
    delivery: Delivery,
    cameAfter: CameAfter | undefined,
    suffices: (proof: Proof) => boolean,
  ): Promise<Admitted | null> => {
    const provider = providers.get(source.provider);
    const credentials = credentialsOf(source);
    if (!provider || !credentials) return null;
    const one = { source, delivery, credentials, provider };
    const verdict = verdictOn(one);
    if (verdict.status === 'rejected' || !suffices(verdict)) return null;
    const judged = judge(one, verdict);
    return judged.status === 'rejected' ? null : history.record({ ...judged.draft, cameAfter });
  };

  return { receive, admitAgain };
};

/** A delivery, and what it is judged by. */
type Case = {
  readonly source: StoredSource;
  readonly delivery: Delivery;
  readonly credentials: Credentials;
  readonly provider: Provider;
};

type Judged = Rejected | { readonly status: 'believed'; readonly draft: Draft };

const draftOf = (
  source: StoredSource,
  { id, receivedAt, headers, body, simulated }: Delivery,
  proof: Proof,
  reading: Reading,
  keys: readonly RepeatKey[],
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

const wordFor = (admitted: Admitted): string => {
  if (admitted.outcome === 'duplicate') return 'duplicate';
  return admitted.entry.status === 'event' ? 'recorded' : 'unrecognized';
};
