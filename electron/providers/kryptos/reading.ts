import type { ProviderEvent } from '../../../shared/event.ts';
import type { Delivery } from '../../delivery.ts';
import { accountId, inSentence } from '../telling.ts';
import {
  type Envelope,
  Integration,
  type IntegrationEvent,
  integrationEvents,
  Run,
  type RunEvent,
  runEvents,
} from './events.ts';
import { envelopeFacts, headerNotes, integrationFacts, runFacts } from './facts.ts';
import { aliasOf, integrationWords, nameOf, runWords } from './words.ts';

type Read = Omit<ProviderEvent, 'type'>;

/** The event an envelope holds; undefined when it is none of the ten, or its `data` is no object. */
export function eventOf(
  delivery: Pick<Delivery, 'headers'>,
  envelope: Envelope,
): ProviderEvent | undefined {
  const integration = integrationEvents.find((event) => event === envelope.event);
  if (integration) return noted(integration, integrationOf(integration, envelope));

  const run = runEvents.find((event) => event === envelope.event);
  return run && noted(run, runOf(run, envelope));

  function noted(type: string, read: Read | undefined): ProviderEvent | undefined {
    return read && { ...read, type, facts: [...read.facts, ...headerNotes(delivery, envelope)] };
  }
}

function integrationOf(event: IntegrationEvent, envelope: Envelope): Read | undefined {
  const { data } = Integration.safeParse(envelope.data);
  if (!data) return undefined;

  const { health, ...words } = integrationWords(event, data);
  return {
    ...words,
    occurredAt: envelope.timestamp,
    account: data.walletId === null ? null : { ...accountOf(data, data.walletId), health },
    facts: [...integrationFacts(data), ...envelopeFacts(envelope, data.uid)],
  };
}

const accountOf = (data: Integration, walletId: string) => {
  const name = inSentence(nameOf(data));
  const alias = aliasOf(data);
  return { id: accountId(walletId), name: alias === null ? name : `${name} (${alias})` };
};

/** A run is ordered by the time its status changed; the envelope's clock is another one (seed 001). */
function runOf(event: RunEvent, envelope: Envelope): Read | undefined {
  const { data } = Run.safeParse(envelope.data);
  if (!data) return undefined;

  return {
    ...runWords(event, data),
    occurredAt: data.timestamp ?? envelope.timestamp,
    account: null,
    facts: [...runFacts(event, data), ...envelopeFacts(envelope, data.uid)],
  };
}
