import type { Health, Owner, ProviderEvent, RunStep } from '../../../shared/event.ts';
import type { Delivery } from '../../delivery.ts';
import { accountId, rowName } from '../event-text.ts';
import type { EventRead } from '../provider.ts';
import {
  type DocumentedEvent,
  documentedEvents,
  type Envelope,
  Integration,
  type IntegrationEvent,
  Run,
  type RunEvent,
} from './events.ts';
import { envelopeFacts, headerNotes, integrationFacts, runFacts } from './facts.ts';
import { occurrenceOf } from './occurrence.ts';
import { timeOf } from './times.ts';
import { aliasOf, integrationWords, nameOf, runWords, unreadWords } from './words.ts';

/** The event of an envelope; undefined for a type that is not documented. */
export function eventOf(
  delivery: Pick<Delivery, 'headers'>,
  envelope: Envelope,
): EventRead | undefined {
  const documented = documentedEvents.find(({ type }) => type === envelope.event);
  if (!documented) return undefined;

  const { event, facts } = readOf(documented, envelope) ?? unreadOf(documented.type, envelope);
  const occurrence = occurrenceOf(event, envelope);
  return {
    event: occurrence ? { ...event, occurrence } : event,
    facts: () => [...facts(), ...headerNotes(delivery, envelope)],
  };
}

/** Null where `data` has another shape than its family. */
function readOf(documented: DocumentedEvent, envelope: Envelope): EventRead | null {
  switch (documented.family) {
    case 'integration':
      return integrationOf(documented.type, envelope);
    case 'run':
      return runOf(documented.type, envelope);
  }
}

function integrationOf(type: IntegrationEvent, envelope: Envelope): EventRead | null {
  const { data } = Integration.safeParse(envelope.data);
  if (!data) return null;

  const { words, health } = integrationWords(type, data);
  return {
    event: {
      type,
      occurredAt: envelope.timestamp,
      account: accountOf(data, health, envelope),
      ...words,
    },
    facts: () => [
      ...integrationFacts(data, envelope.timestamp),
      ...envelopeFacts(envelope, data.uid),
    ],
  };
}

function accountOf(
  data: Integration,
  health: Health,
  envelope: Envelope,
): ProviderEvent['account'] {
  if (data.walletId === null) return null;
  const owner = ownerOf(data.uid, envelope);
  const syncedAt = timeOf(data.lastSyncedAt, envelope.timestamp);
  const name = rowName(nameOf(data));
  const alias = aliasOf(data);
  return {
    id: accountId(data.walletId),
    name: alias === null ? name : `${name} (${alias})`,
    health,
    ...(owner === null ? {} : { owner }),
    ...(syncedAt === null ? {} : { syncedAt }),
  };
}

/** Whom an event is about: the user of the first envelope, else the workspace, else the grant of the later one. */
function ownerOf(uid: string | null, envelope: Envelope): Owner | null {
  const id = uid ?? envelope.workspace_id ?? envelope.grant_id;
  return id === null ? null : { id: accountId(id), name: null };
}

const steps = {
  'transfer_detection.started': { stage: 'transfers', phase: 'started' },
  'transfer_detection.completed': { stage: 'transfers', phase: 'completed' },
  'transfer_detection.failed': { stage: 'transfers', phase: 'failed' },
  'costbasis.started': { stage: 'gains', phase: 'started' },
  'costbasis.completed': { stage: 'gains', phase: 'completed' },
  'costbasis.failed': { stage: 'gains', phase: 'failed' },
} as const satisfies Record<RunEvent, Pick<RunStep, 'stage' | 'phase'>>;

/** Events without any user are about one unknown user. */
const unknownUser = '';

/** The status change dates a run; the envelope's time comes from another clock (test/fixtures/kryptos/costbasis.completed.json). */
function runOf(type: RunEvent, envelope: Envelope): EventRead | null {
  const { data } = Run.safeParse(envelope.data);
  if (!data) return null;

  const changedAt = timeOf(data.timestamp, envelope.timestamp);
  return {
    event: {
      type,
      occurredAt: changedAt ?? envelope.timestamp,
      account: null,
      run: {
        ...steps[type],
        userId: ownerOf(data.uid, envelope)?.id ?? unknownUser,
        at: changedAt,
      },
      ...runWords(type, data),
    },
    facts: () => [...runFacts(type, data, changedAt), ...envelopeFacts(envelope, data.uid)],
  };
}

/** A failure of an unknown shape still notifies as a failure. */
const unreadOf = (type: DocumentedEvent['type'], envelope: Envelope): EventRead => ({
  event: {
    type,
    occurredAt: envelope.timestamp,
    account: null,
    ...unreadWords(type, envelope.data),
  },
  facts: () => envelopeFacts(envelope, null),
});
