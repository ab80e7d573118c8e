import type { Health, ProviderEvent } from '../../../shared/event.ts';
import type { Delivery } from '../../delivery.ts';
import type { EventRead } from '../provider.ts';
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

/** The event an envelope holds; undefined when it is none of the ten, or its `data` is no object. */
export function eventOf(
  delivery: Pick<Delivery, 'headers'>,
  envelope: Envelope,
): EventRead | undefined {
  const integration = integrationEvents.find((event) => event === envelope.event);
  if (integration) return integrationOf(integration, envelope, delivery);

  const run = runEvents.find((event) => event === envelope.event);
  return run && runOf(run, envelope, delivery);
}

function integrationOf(
  type: IntegrationEvent,
  envelope: Envelope,
  delivery: Pick<Delivery, 'headers'>,
): EventRead | undefined {
  const { data } = Integration.safeParse(envelope.data);
  if (!data) return undefined;

  const { words, health } = integrationWords(type, data);
  return {
    event: {
      type,
      occurredAt: envelope.timestamp,
      account: accountOf(data, health),
      ...words,
    },
    facts: () => [
      ...integrationFacts(data),
      ...envelopeFacts(envelope, data.uid),
      ...headerNotes(delivery, envelope),
    ],
  };
}

function accountOf(data: Integration, health: Health): ProviderEvent['account'] {
  if (data.walletId === null) return null;
  const name = inSentence(nameOf(data));
  const alias = aliasOf(data);
  return {
    id: accountId(data.walletId),
    name: alias === null ? name : `${name} (${alias})`,
    health,
  };
}

/** A run is ordered by the time its status changed; the envelope's clock is another one (seed 001). */
function runOf(
  type: RunEvent,
  envelope: Envelope,
  delivery: Pick<Delivery, 'headers'>,
): EventRead | undefined {
  const { data } = Run.safeParse(envelope.data);
  if (!data) return undefined;

  return {
    event: {
      type,
      occurredAt: data.timestamp ?? envelope.timestamp,
      account: null,
      ...runWords(type, data),
    },
    facts: () => [
      ...runFacts(type, data),
      ...envelopeFacts(envelope, data.uid),
      ...headerNotes(delivery, envelope),
    ],
  };
}
