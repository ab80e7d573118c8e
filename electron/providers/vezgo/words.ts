import type { Fact, Health, Owner } from '../../../shared/event.ts';
import {
  accountId,
  capitalized,
  codeFact,
  type EventWords,
  rowName,
  rowSentence,
  textFact,
  titled,
} from '../event-text.ts';
import type { EventRead } from '../provider.ts';
import type { Hook } from './events.ts';

type AccountWords = EventWords & { readonly health: Health };

/** The event of a hook; undefined for an undocumented hook or one of Wealthica. */
export function eventOf(hook: Hook): EventRead | undefined {
  if (hook.account === null && isGiven(hook.institution)) return undefined;
  if (hook.hook === 'SyncAccount') return accountEvent('SyncAccount', hook, synced(hook));
  if (hook.hook === 'SyncError') return accountEvent('SyncError', hook, failed(hook));
  return undefined;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function accountEvent(type: string, hook: Hook, { health, ...words }: AccountWords): EventRead {
  const id = hook.account?.id ?? null;
  return {
    event: {
      type,
      ...words,
      occurredAt: null,
      account:
        id === null
          ? null
          : { id: accountId(id), name: rowName(nameOf(hook)), health, ...ownerOf(hook) },
    },
    facts: () => factsOf(hook),
  };
}

/** The login name may be an e-mail address: no notification shows it. */
function ownerOf({ user }: Hook): { readonly owner?: Owner } {
  if (!user || user.id === null) return {};
  const name = user.loginName === null ? null : rowName(user.loginName);
  return { owner: { id: accountId(user.id), name } };
}

function nameOf({ account }: Hook): string {
  const { display_name = null, name = null } = account?.provider ?? {};
  return display_name ?? (name === null ? 'An account' : capitalized(name));
}

const synced = (hook: Hook): AccountWords => ({
  ...titled(nameOf(hook), (name) => `${name} synced`),
  kind: 'sync.completed',
  summary: 'Balances and transactions are up to date',
  severity: 'success',
  health: 'working',
});

function failed(hook: Hook): AccountWords {
  const words = (
    what: string,
    summary: string,
    severity: AccountWords['severity'],
    health: Health,
  ) => ({
    ...titled(nameOf(hook), (name) => `${name} ${what}`),
    kind: 'sync.failed' as const,
    summary,
    severity,
    health,
  });

  switch (hook.error?.name) {
    case 'LoginFailedError':
      return words(
        'needs new sign-in details',
        'Reconnect the account: the saved details were refused',
        'error',
        'failing',
      );
    case 'SecurityQuestionError':
      return words(
        'asks for a code or an answer',
        'Reconnect the account and answer the prompt',
        'error',
        'failing',
      );
    case 'TemporaryFailureError':
      return words(
        'could not sync for now',
        'Vezgo tries again by itself',
        'warning',
        'failing-for-now',
      );
    case 'UnhandledConnectorError':
      return words(
        'could not sync',
        'Vezgo did not expect this failure. If it goes on, send Vezgo the account id',
        'warning',
        'failing',
      );
    case 'UnknownConnectorError':
      return words(
        'could not sync',
        'The cause is unknown. If it goes on, send Vezgo the account id',
        'warning',
        'failing',
      );
    default:
      return words('could not sync', sentOf(hook) ?? 'No reason was given', 'warning', 'failing');
  }
}

function sentOf({ error }: Hook): string | null {
  const parts = [error?.name, error?.message].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : rowSentence(parts.join(': '));
}

/** The login name may be an e-mail address, so it appears here and in no title. */
const factsOf = ({ account, error, user }: Hook): Fact[] => [
  ...codeFact('Error', error?.name ?? null),
  ...textFact('Message', error?.message ?? null),
  ...textFact('Provider', account?.provider?.display_name ?? null),
  ...codeFact('Provider id', account?.provider?.name ?? null),
  ...codeFact('Account id', account?.id ?? null),
  ...codeFact('User id', user?.id ?? null),
  ...textFact('Login name', user?.loginName ?? null),
];
