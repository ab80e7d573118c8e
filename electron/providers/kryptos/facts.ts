import type { Fact } from '../../../shared/event.ts';
import { type Delivery, headerValues } from '../../delivery.ts';
import { amountFact, codeFact, remarkFact, textFact, timeFact } from '../event-text.ts';
import { wholeText } from '../fields.ts';
import type { Envelope, Integration, Run, RunEvent } from './events.ts';
import { reasonOf } from './reasons.ts';
import { timeOf } from './times.ts';

export const integrationFacts = (data: Integration, sentAt: number | null): Fact[] => [
  ...textFact('Reason', reasonOf(data)),
  ...remarkFact('Limit', data.limitExceeded ? "The plan's transaction limit is reached" : null),
  ...timeFact('Last synced', timeOf(data.lastSyncedAt, sentAt)),
  ...amountFact('Transactions', wholeText(data.totalTransactions)),
  ...textFact('Status', data.status),
  ...textFact('Category', data.category),
  ...textFact('Connected by', data.type),
  ...textFact('Name', data.providerPublicName),
  ...textFact('Your name for it', data.alias),
  ...timeFact('Added', timeOf(data.addedOn, sentAt)),
  ...codeFact('Address', data.publicAddress),
  ...codeFact('Provider', data.provider),
  ...codeFact('Account id', data.walletId),
];

/** The event's name decides the status; a note reports another one in the data. */
export function runFacts(event: RunEvent, data: Run, changedAt: number | null): Fact[] {
  const action = event.slice(event.indexOf('.') + 1);
  const disagrees = data.status !== null && data.status.toLowerCase() !== action;
  return [
    ...textFact('Reason', data.reason),
    ...timeFact('Status changed', changedAt),
    ...remarkFact(
      'Note',
      disagrees ? `The data says ${data.status}; the event's name counts` : null,
    ),
  ];
}

/** The user of the first envelope, or the grant of the later one. */
export const envelopeFacts = (envelope: Envelope, uid: string | null): Fact[] => [
  ...codeFact('User', uid),
  ...codeFact('Grant', envelope.grant_id),
  ...codeFact('Workspace', envelope.workspace_id),
  ...remarkFact('User', uid === null && envelope.grant_id === null ? 'unknown user' : null),
  ...codeFact('Delivery id', envelope.id),
  ...timeFact('Sent', envelope.timestamp),
];

/** Headers are not signed: the body counts, and a note reports the difference. */
export const headerNotes = (
  delivery: Pick<Delivery, 'headers'>,
  { event, id }: Envelope,
): Fact[] => [
  ...differenceFrom(event, 'X-Webhook-Event', headerValues(delivery, 'x-webhook-event')),
  ...differenceFrom(id, 'X-Webhook-Id', headerValues(delivery, 'x-webhook-id')),
];

function differenceFrom(signed: string | null, header: string, values: readonly string[]): Fact[] {
  const different = values.find((value) => value !== signed);
  return remarkFact(
    'Note',
    different === undefined
      ? null
      : `The ${header} header, which is not signed, says ${different}; the signed body counts`,
  );
}
