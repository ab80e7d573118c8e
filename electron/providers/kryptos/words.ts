import type { Health, ProviderEvent } from '../../../shared/event.ts';
import { wholeText } from '../fields.ts';
import { counted, inSentence, line, standalone, titled } from '../telling.ts';
import type { Integration, IntegrationEvent, Run, RunEvent } from './events.ts';

/** The part of an event that words and their weight make up. */
export type Words = Pick<ProviderEvent, 'kind' | 'title' | 'shortTitle' | 'summary' | 'severity'>;
type IntegrationWords = { readonly words: Words; readonly health: Health };

const noReason = 'Kryptos gave no reason';

/** The name people know the connection's exchange or chain by. */
export const nameOf = ({ providerPublicName, provider }: Integration): string =>
  providerPublicName ?? provider ?? 'An account';

/** The person's own name for the connection, unless it says nothing new. */
export const aliasOf = (data: Integration): string | null =>
  data.alias === null || data.alias === nameOf(data) ? null : inSentence(data.alias);

/** What a person reads about a connection; its state decides what an update means, not the event's name. */
export function integrationWords(event: IntegrationEvent, data: Integration): IntegrationWords {
  switch (event) {
    case 'integration.created':
      return {
        words: {
          ...titled(nameOf(data), (name) => `${name} connected`),
          kind: 'connection.added',
          summary: line(aliasOf(data), categoryOf(data), wayOf(data)),
          severity: 'info',
        },
        health: 'unchanged',
      };
    case 'integration.deleted':
      return {
        words: {
          ...titled(nameOf(data), (name) =>
            stateOf(data) === 'DELETING' ? `${name} is being removed` : `${name} removed`,
          ),
          kind: 'connection.removed',
          summary: line(aliasOf(data)),
          severity: 'info',
        },
        health: 'removed',
      };
    case 'integration.failed':
      return failed(data);
    case 'integration.updated':
      return updated(data);
  }
}

const stateOf = ({ status }: Integration): string => status?.toUpperCase() ?? '';

function updated(data: Integration): IntegrationWords {
  switch (stateOf(data)) {
    case 'COMPLETED':
      return {
        words: synced(data, 'success', 'synced', totalOf(data)),
        health: 'working',
      };
    case 'QUEUED':
    case 'ONGOING':
    case 'SYNCING':
      return unchanged(synced(data, 'info', 'is syncing'));
    case 'ACTIVE':
      return unchanged(synced(data, 'info', 'changed'));
    case 'PARTIALLY SYNCED':
      return unchanged(synced(data, 'warning', 'synced in part'));
    case 'INACTIVE':
      return unchanged(synced(data, 'warning', 'is switched off'));
    case 'FAILED':
      return failed(data);
    default:
      return unchanged(synced(data, 'info', 'changed', standalone(data.status ?? '')));
  }
}

const unchanged = (words: Words): IntegrationWords => ({ words, health: 'unchanged' });

const synced = (
  data: Integration,
  severity: Words['severity'],
  what: string,
  summary = line(aliasOf(data)),
): Words => ({
  kind: 'sync.completed',
  summary,
  severity,
  ...titled(nameOf(data), (name) => `${name} ${what}`),
});

const failed = (data: Integration): IntegrationWords => ({
  words: {
    kind: 'sync.failed',
    summary: standalone(data.errorMessage ?? noReason),
    severity: 'error',
    ...titled(nameOf(data), (name) => `${name} could not sync`),
  },
  health: 'failing',
});

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

/** What a person reads about a recalculation. */
export function runWords(event: RunEvent, { reason }: Run): Words {
  const started = { kind: 'run.started', summary: '', severity: 'info' } as const;
  const completed = { summary: '', severity: 'success' } as const;
  const broken = {
    kind: 'run.failed',
    summary: standalone(reason ?? noReason),
    severity: 'error',
  } as const;

  switch (event) {
    case 'transfer_detection.started':
      return { ...started, title: 'Looking for transfers between your own accounts' };
    case 'transfer_detection.completed':
      return {
        ...completed,
        kind: 'transfers.completed',
        title: 'Transfers between your own accounts matched',
      };
    case 'transfer_detection.failed':
      return { ...broken, title: 'Matching transfers failed' };
    case 'costbasis.started':
      return { ...started, title: 'Working out gains and losses' };
    case 'costbasis.completed':
      return {
        ...completed,
        kind: 'costbasis.completed',
        title: 'Gains and losses are up to date',
      };
    case 'costbasis.failed':
      return { ...broken, title: 'Gains and losses could not be worked out' };
  }
}
