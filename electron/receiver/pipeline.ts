import type { Proof } from '../../shared/event.ts';
import type { InsertAfter } from '../../shared/insert-after.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Delivery } from '../delivery.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../history/quarantine.ts';
import type { Draft } from '../history/record.ts';
import { providers } from '../providers/index.ts';
import type { Credentials } from '../providers/provider.ts';
import { type Schedule, within } from '../schedule.ts';
import type { Endpoint } from '../setup/endpoints.ts';
import { keyringPatienceMs } from '../setup/keyring.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import type { Vault } from '../setup/vault.ts';
import type { OnWriteResult } from '../storage/write-result.ts';
import { type Rejected, rejected } from '../verdict.ts';
import { bodyLimit, type HttpAnswer, type HttpRefusal, refusals } from './admission.ts';
import { authenticate, type Case, createJudge, understand } from './judge.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Shares } from './shares.ts';

/** What became of a delivery at an endpoint. */
export type Reception =
  | { readonly outcome: 'recorded'; readonly entry: TimelineEntry }
  | { readonly outcome: 'duplicate' }
  /** `number`: its place in the quarantine, null where the delivery was counted, not stored. */
  | {
      readonly outcome: 'rejected';
      readonly reason: RejectionReason;
      readonly number: number | null;
    };

/** What became of a delivery that was believed. */
export type Admitted = Exclude<Reception, { readonly outcome: 'rejected' }>;

/** A delivery that is about to be answered, for everything that follows. */
export type Received = {
  readonly endpoint: Endpoint;
  readonly delivery: Delivery;
  readonly reception: Reception;
};

export type PipelineOptions = {
  readonly sources: Pick<Sources, 'credentialsOf' | 'isLocked'>;
  /** What a delivery of our own simulator is verified with, for a source with these credentials. */
  readonly testCredentials: (source: StoredSource, credentials: Credentials) => Credentials;
  readonly vault: Pick<Vault, 'opened'>;
  readonly shares: Pick<Shares, 'reserve'>;
  readonly history: Pick<History, 'record' | 'lastSeq' | 'isDuplicate'>;
  readonly quarantine: Pick<Quarantine, 'keep'>;
  readonly rateLimit: RateLimit;
  readonly schedule: Schedule;
  /** Called once per delivery that was recorded, repeated or rejected, in the order of the answers. Must not block. */
  readonly onReceived: (received: Received) => void;
  /** Called for each delivery that was neither recorded nor rejected. */
  readonly onRefused: (why: Refusal, delivery: Delivery) => void;
  readonly onWriteResult: OnWriteResult;
};

export type Pipeline = {
  /**
   * Settles with the answer to the sender once the delivery is on disk or refused. Rejects only where judging has a bug. `tooLarge`: the body
   * passed the limit and was not read to its end.
   */
  readonly receive: (
    endpoint: Endpoint,
    delivery: Delivery,
    tooLarge: boolean,
  ) => Promise<HttpAnswer>;
  /**
   * Records a rejected delivery if it is believed now, at its place in the order of arrival where that is known. Null where it is still
   * not believed, or its proof does not suffice (R13c). Rejects with the system's error when the disk refuses.
   */
  readonly admitAgain: (
    source: StoredSource,
    delivery: Delivery,
    insertAfter: InsertAfter | undefined,
    suffices: (proof: Proof) => boolean,
  ) => Promise<Admitted | null>;
};

/**
 * The whole life of a delivery, in this order: unlock the source's secrets, authenticate, understand, reserve the source's share of the
 * history, dedupe and record, answer. A delivery that the person delivers again is judged and answered, and nothing else. What follows is
 * not here: `onReceived` is the signal `received` of `../effects.ts`.
 */
export const createPipeline = (options: PipelineOptions): Pipeline => {
  const { history, quarantine, shares, rateLimit, onReceived, onWriteResult } = options;
  const judge = createJudge();

  const receive: Pipeline['receive'] = async (endpoint, delivery, tooLarge) => {
    const { source } = endpoint;
    const known = await unlock(source, delivery);
    if (delivery.again !== undefined)
      return known ? answerAgain({ ...known, source, delivery }, delivery.again) : refusals.locked;
    if (!known) return refuse('locked', delivery);
    const judged = tooLarge ? bodyTooLarge : await judge({ ...known, source, delivery });
    return judged.status === 'rejected'
      ? reject(endpoint, delivery, judged, tooLarge)
      : record(endpoint, delivery, judged.draft);
  };

  /** It is in the history already: the answer is all that comes of it. */
  const answerAgain = async (one: Case, firstAt: number): Promise<HttpAnswer> => {
    const judged = await judge({ ...one, delivery: { ...one.delivery, receivedAt: firstAt } });
    return judged.status === 'rejected'
      ? { status: judged.answer, body: { error: judged.reason } }
      : { status: 200, body: { status: 'duplicate' } };
  };

  /** The keyring may be about to answer, and is waited for up to 3 s (K5). A source that needs no secret does not wait. */
  const unlock = async (source: StoredSource, delivery: Delivery): Promise<Known | null> => {
    if (options.sources.isLocked(source))
      await within(options.schedule, keyringPatienceMs, options.vault.opened());
    return knownOf(source, delivery);
  };

  const knownOf = (source: StoredSource, { simulated }: Delivery): Known | null => {
    const provider = providers.get(source.provider);
    const credentials = options.sources.credentialsOf(source);
    if (!provider || !credentials) return null;
    return {
      provider,
      credentials: simulated ? options.testCredentials(source, credentials) : credentials,
    };
  };

  const record = async (
    endpoint: Endpoint,
    delivery: Delivery,
    draft: Draft,
  ): Promise<HttpAnswer> => {
    const reserved = shares.reserve(endpoint.source, draft);
    let reception: Admitted;
    try {
      // A duplicate takes no space.
      if (!reserved && !(await history.isDuplicate(draft)))
        return refuse('share-used-up', delivery);
      reception = await history.record(draft);
    } catch (error) {
      onWriteResult('events', error);
      return refuse('not-kept', delivery);
    } finally {
      reserved?.();
    }
    // Outside of the attempt: a bug in what follows is no refusal of the disk.
    if (reception.outcome === 'recorded') onWriteResult('events', null);
    onReceived({ endpoint, delivery, reception });
    return { status: 200, body: { status: answerWord(reception) } };
  };

  const reject = async (
    endpoint: Endpoint,
    delivery: Delivery,
    verdict: Rejected,
    tooLarge: boolean,
  ): Promise<HttpAnswer> => {
    if (rateLimit.countFailure(delivery.senderAddress))
      return refuse('too-many-failures', delivery);
    const circumstances = { unread: tooLarge, newestEntry: history.lastSeq };
    const number = await quarantine.keep(endpoint.source, delivery, verdict, circumstances);
    const { reason, answer } = verdict;
    onReceived({ endpoint, delivery, reception: { outcome: 'rejected', reason, number } });
    return { status: answer, body: { error: reason } };
  };

  const refuse = (why: HttpRefusal, delivery: Delivery): HttpAnswer => {
    options.onRefused(why, delivery);
    return refusals[why];
  };

  const admitAgain: Pipeline['admitAgain'] = async (source, delivery, insertAfter, suffices) => {
    const known = knownOf(source, delivery);
    if (!known) return null;
    const one = { ...known, source, delivery };
    const verdict = authenticate(one);
    if (verdict.status === 'rejected' || !suffices(verdict)) return null;
    const judged = understand(one, verdict);
    return judged.status === 'rejected'
      ? null
      : history.record({ ...judged.draft, cameAfter: insertAfter });
  };

  return { receive, admitAgain };
};

type Known = Pick<Case, 'provider' | 'credentials'>;

const bodyTooLarge = rejected('body-too-large', 413, `more than ${bodyLimit} bytes`);

const answerWord = (admitted: Admitted): string => {
  if (admitted.outcome === 'duplicate') return 'duplicate';
  return admitted.entry.status === 'event' ? 'recorded' : 'unrecognized';
};
