import type { Health } from '../../../shared/event.ts';
import {
  contentNotUnderstood,
  counted,
  type EventWords,
  line,
  rowName,
  rowSentence,
  titled,
} from '../event-text.ts';
import { wholeText } from '../fields.ts';
import type { DocumentedEvent, Integration, IntegrationEvent, Run, RunEvent } from './events.ts';
import { reasonOf } from './reasons.ts';
import { statusOf } from './statuses.ts';

type IntegrationWords = { readonly words: EventWords; readonly health: Health };

const noReason = 'Kryptos gave no reason';

/** The display name of the connection's exchange or chain. */
export const nameOf = ({ providerPublicName, provider }: Integration): string =>
  providerPublicName ?? provider ?? 'An account';

/** The user's own name for the connection; null when it equals `nameOf`. */
export const aliasOf = (data: Integration): string | null =>
  data.alias === null || data.alias === nameOf(data) ? null : rowName(data.alias);

/** The text for a connection event. The status decides what an update means, not the event's name. */
export function integrationWords(event: IntegrationEvent, data: Integration): IntegrationWords {
  switch (event) {
    case 'integration.created':
      return statusOf(data.status) === 'deleting' ? beingRemoved(data) : created(data);
    case 'integration.deleted':
      return deleted(data);
    case 'integration.failed':
      return failed(data);
    case 'integration.updated':
      return updated(data);
  }
}

const created = (data: Integration): IntegrationWords => ({
  words: {
    ...titled(nameOf(data), (name) => `${name} connected`),
    kind: 'connection.added',
    summary: line(aliasOf(data), categoryOf(data), wayOf(data)),
    severity: 'info',
  },
  health: 'unchanged',
});

/** Kryptos reports a removal in two steps, and the second may be a failure (https://docs.kryptos.io/docs/webhooks/events). */
function deleted(data: Integration): IntegrationWords {
  switch (statusOf(data.status)) {
    case 'deleting':
      return beingRemoved(data);
    case 'failed':
    case 'error':
      return {
        words: {
          ...titled(nameOf(data), (name) => `${name} could not be removed`),
          kind: 'removal.failed',
          summary: rowSentence(reasonOf(data) ?? noReason),
          severity: 'warning',
        },
        health: 'unchanged',
      };
    default:
      return removed(data);
  }
}

const removed = (data: Integration): IntegrationWords => ({
  words: removal(data, (name) => `${name} removed`),
  health: 'removed',
});

/** The removal may still fail, so the account's health stays as it was. */
const beingRemoved = (data: Integration): IntegrationWords =>
  unchanged(removal(data, (name) => `${name} is being removed`));

const removal = (data: Integration, words: (name: string) => string): EventWords => ({
  ...titled(nameOf(data), words),
  kind: 'connection.removed',
  summary: line(aliasOf(data)),
  severity: 'info',
});

function updated(data: Integration): IntegrationWords {
  switch (statusOf(data.status)) {
    case 'completed':
      return {
        words: synced(data, 'success', (name) => `${name} synced`, totalOf(data)),
        health: 'working',
      };
    case 'ongoing':
    case 'syncing':
    case 'in progress':
    case 'queued':
      return unchanged(synced(data, 'info', (name) => `${name} is syncing`));
    case 'pending':
      return unchanged(synced(data, 'info', (name) => `${name} is waiting to sync`));
    case 'cancelled':
      return unchanged(synced(data, 'info', (name) => `The sync of ${name} was cancelled`));
    case 'partially synced':
      return unchanged(synced(data, 'warning', (name) => `${name} synced in part`));
    case 'inactive':
      return unchanged(synced(data, 'warning', (name) => `${name} is switched off`));
    case 'suspended':
      return unchanged(synced(data, 'warning', (name) => `${name} is suspended`));
    case 'failed':
    case 'error':
      return failed(data);
    case 'deleting':
      return beingRemoved(data);
    case 'deleted':
      return removed(data);
    case 'active':
    case null:
      return unchanged(synced(data, 'info', (name) => `${name} changed`));
  }
}

const unchanged = (words: EventWords): IntegrationWords => ({ words, health: 'unchanged' });

const synced = (
  data: Integration,
  severity: EventWords['severity'],
  words: (name: string) => string,
  summary = line(aliasOf(data)),
): EventWords => ({ kind: 'sync.completed', summary, severity, ...titled(nameOf(data), words) });

const failed = (data: Integration): IntegrationWords => ({
  words: {
    kind: 'sync.failed',
    summary: rowSentence(failureOf(data)),
    severity: 'error',
    ...titled(nameOf(data), (name) => `${name} could not sync`),
  },
  health: 'failing',
});

const failureOf = (data: Integration): string =>
  data.limitExceeded === true
    ? "The plan's transaction limit is reached: raise it in Kryptos, then sync again"
    : (reasonOf(data) ?? noReason);

const totalOf = ({ totalTransactions }: Integration): string => {
  const total = wholeText(totalTransactions);
  return total === null ? '' : counted(total, 'transaction in all', 'transactions in all');
};

const categoryOf = ({ category }: Integration): string | null => {
  const known = category?.toLowerCase() ?? '';
  return ['exchange', 'wallet', 'blockchain'].includes(known) ? known : null;
};

const wayOf = ({ type }: Integration): string | null => {
  if (type?.toLowerCase() === 'api') return 'via API';
  return type?.toLowerCase() === 'csv' ? 'via CSV file' : null;
};

const runs = {
  'transfer_detection.started': {
    kind: 'run.started',
    title: 'Looking for transfers between your own accounts',
    severity: 'info',
  },
  'transfer_detection.completed': {
    kind: 'transfers.completed',
    title: 'Transfers between your own accounts matched',
    severity: 'success',
  },
  'transfer_detection.failed': {
    kind: 'run.failed',
    title: 'Matching transfers failed',
    severity: 'error',
  },
  'costbasis.started': {
    kind: 'run.started',
    title: 'Working out gains and losses',
    severity: 'info',
  },
  'costbasis.completed': {
    kind: 'costbasis.completed',
    title: 'Gains and losses are up to date',
    severity: 'success',
  },
  'costbasis.failed': {
    kind: 'run.failed',
    title: 'Gains and losses could not be worked out',
    severity: 'error',
  },
} as const satisfies Record<RunEvent, Omit<EventWords, 'summary'>>;

export const runWords = (event: RunEvent, { reason }: Run): EventWords => ({
  ...runs[event],
  summary: runs[event].kind === 'run.failed' ? rowSentence(reason ?? noReason) : '',
});

const unread = {
  ...runs,
  'integration.created': {
    kind: 'connection.added',
    title: 'An account was connected',
    severity: 'info',
  },
  'integration.updated': {
    kind: 'sync.completed',
    title: 'An account changed',
    severity: 'info',
  },
  'integration.deleted': {
    kind: 'connection.removed',
    title: 'The removal of an account was reported',
    severity: 'info',
  },
  'integration.failed': {
    kind: 'sync.failed',
    title: 'An account could not sync',
    severity: 'error',
  },
} as const satisfies Record<DocumentedEvent['type'], Omit<EventWords, 'summary'>>;

/** The text for a documented event whose `data` is not an object. */
export const unreadWords = (event: DocumentedEvent['type'], data: unknown): EventWords =>
  contentNotUnderstood(unread[event], { field: 'data', wanted: 'an object', sent: data });
