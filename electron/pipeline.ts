import type { RejectionReason } from '../shared/quarantine.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import type { Delivery } from './delivery.ts';
import type { History } from './history/history.ts';
import type { Quarantine } from './history/quarantine.ts';
import { storedBody } from './history/record.ts';
import { providers } from './providers/index.ts';
import type { Credentials } from './providers/provider.ts';
import { type Answer, answers, bodyLimit, unacceptable } from './receiving.ts';
import type { StoredSource } from './setup/settings.ts';
import { type Rejected, rejected } from './verdict.ts';

/** What happened to a delivery at a source's endpoint, for everything that follows the answer. */
export type Reception =
  | { readonly outcome: 'recorded'; readonly entry: TimelineEntry }
  | { readonly outcome: 'duplicate' }
  | { readonly outcome: 'rejected'; readonly reason: RejectionReason };

export type Steps = {
  /** Null while the source's secrets cannot be read. */
  readonly credentialsOf: (source: StoredSource) => Credentials | null;
  readonly history: Pick<History, 'record'>;
  readonly quarantine: Pick<Quarantine, 'keep'>;
  /** Told once per delivery, in the order of the answers; whatever it starts must not hold up the answer. */
  readonly afterwards: (source: StoredSource, delivery: Delivery, reception: Reception) => void;
  readonly report: (trouble: string) => void;
};

/**
 * The whole life of a delivery, in order: authenticate, dedupe, understand, record. Settles with the answer to its sender once
 * the delivery is on disk; never rejects. `tooLarge` says that the body went past the limit and was not read to its end.
 */
export const createPipeline =
  ({ credentialsOf, history, quarantine, afterwards, report }: Steps) =>
  async (source: StoredSource, delivery: Delivery, tooLarge: boolean): Promise<Answer> => {
    const provider = providers.get(source.provider);
    const credentials = credentialsOf(source);
    if (!provider || !credentials) return answers.busy;

    const refuse = async (verdict: Rejected): Promise<Answer> => {
      await quarantine.keep(source, delivery, verdict, tooLarge);
      afterwards(source, delivery, { outcome: 'rejected', reason: verdict.reason });
      return { status: verdict.answer, body: { error: verdict.reason } };
    };

    if (tooLarge) return refuse(rejected('body-too-large', 413, `more than ${bodyLimit} bytes`));
    const fault = unacceptable(delivery);
    if (fault) return refuse(rejected(fault, 415));

    // Our own simulator posts from this very computer, which no list of a provider's addresses can name.
    const checked = delivery.simulated ? { ...credentials, allowedAddresses: [] } : credentials;
    const verdict = provider.authenticate(delivery, checked);
    if (verdict.status === 'rejected') return refuse(verdict);

    const { reading, repeatKeys } = provider.understand(delivery, verdict);
    if (reading.status === 'unreadable' && verdict.status === 'trusted') {
      return refuse(rejected('body-unreadable', 400));
    }
    try {
      const { id, receivedAt, headers, body, simulated } = delivery;
      const outcome = await history.record({
        ...{
          id,
          receivedAt,
          sourceId: source.id,
          provider: provider.id,
          proof: verdict,
          simulated,
        },
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: storedBody(body),
        reading: reading.status === 'unreadable' ? { status: 'unrecognized', type: null } : reading,
        keys: repeatKeys,
      });
      if (outcome.status === 'duplicate') {
        afterwards(source, delivery, { outcome: 'duplicate' });
        return { status: 200, body: { status: 'duplicate' } };
      }
      afterwards(source, delivery, { outcome: 'recorded', entry: outcome.entry });
      const { status } = outcome.entry;
      return { status: 200, body: { status: status === 'event' ? 'recorded' : status } };
    } catch (error) {
      report(
        `A delivery could not be stored: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
      return answers.busy;
    }
  };
