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
import { occurrenceOf } from './occurrence.ts';
import { timeOf } from './times.ts';
import { aliasOf, integrationWords, nameOf, runWords, unreadWords } from './words.ts';

/** The event an envelope holds; undefined when it is none of the ten. */
export function eventOf(
  delivery: Pick<Delivery, 'headers'>,
  envelope: Envelope,
): EventRead | undefined {
  const integration = integrationEvents.find((event) => event === envelope.event);
  const run = runEvents.find((event) => event === envelope.event);
  const type = integration ?? run;
  if (!type) return undefined;

  const { event, facts } =
    (integration && integrationOf(integration, envelope)) ??
    (run && runOf(run, envelope)) ??
    unreadOf(type, envelope);
  const occurrence = occurrenceOf(event, envelope);
  return {
    event: occurrence ? { ...event, occurrence } : event,
    facts: () => [...facts(), ...headerNotes(delivery, envelope)],
  };
}

function integrationOf(type: IntegrationEvent, envelope: Envelope): EventRead | undefined {
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
      ...integrationFacts(data, envelope.timestamp),
      ...envelopeFacts(envelope, data.uid),
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
function runOf(type: RunEvent, envelope: Envelope): EventRead | undefined {
  const { data } = Run.safeParse(envelope.data);
  if (!data) return undefined;

  const changedAt = timeOf(data.timestamp, envelope.timestamp);
  return {
    event: {
      type,
      occurredAt: changedAt ?? envelope.timestamp,
      account: null,
      ...runWords(type, data),
    },
    facts: () => [...runFacts(type, data, changedAt), ...envelopeFacts(envelope, data.uid)],
  };
}

/** A failure that changed its shape is still a failure, and is announced as one. */
const unreadOf = (type: IntegrationEvent | RunEvent, envelope: Envelope): EventRead => ({
  event: {
    type,
    occurredAt: envelope.timestamp,
    account: null,
    ...unreadWords(type, envelope.data),
  },
  facts: () => envelopeFacts(envelope, null),
});
