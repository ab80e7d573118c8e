import type { ProviderEvent } from '../../shared/event.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { Rule } from '../../shared/notification-rules.ts';
import { isSilentByDefault, ruleFor } from '../../shared/rule-for.ts';
import { lengthWords } from '../../shared/time-words.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { AccountChange, AnnouncedChange } from '../insight/accounts.ts';
import { aboutWords } from './rules.ts';

export type Announced = {
  readonly notify: true;
  readonly why: string;
  readonly change: AnnouncedChange;
  /** A condition beside that of its account that it ends; null or left out: none. */
  readonly ends?: string | null;
  readonly kind: EventKind | 'sync.recovered';
  readonly title: string;
  readonly body: string;
  readonly quiet: boolean;
  readonly isError: boolean;
  /** The account by its provider's id and by the name in the title. */
  readonly account: { readonly id: string; readonly name: string } | null;
};

/** `why` is in words for people. */
export type Decision = Announced | { readonly notify: false; readonly why: string };

const silent = (why: string): Decision => ({ notify: false, why });

export type RulesInForce = {
  readonly rules: readonly Rule[];
  /** The name of the entry's source. */
  readonly sourceName: string;
};

/** Decides whether a new entry is announced: by the defaults of the kinds table, and the person's own rules. */
export const decide = (
  entry: TimelineEntry,
  change: AccountChange,
  { rules, sourceName }: RulesInForce,
): Decision => {
  // A person who was told of no failure needs no recovery.
  const rule = ruleFor(rules, entry, change.status === 'recovered' ? 'sync.failed' : undefined);
  const words = rule ? aboutWords(rule.about, sourceName) : '';
  const decision = byDefault(entry, change, rule?.says === 'announce' ? words : null);
  return rule?.says === 'mute' && decision.notify
    ? silent(`Muted by your rule for ${words}`)
    : decision;
};

/** `asked`: what the person wants to be told of although it is silent by default; null without a rule. */
const byDefault = (entry: TimelineEntry, change: AccountChange, asked: string | null): Decision => {
  if (entry.status === 'unrecognized')
    return silent('Deliveries Hookbell does not understand yet are not announced');
  const { event } = entry;
  const notify = (why: string, announced: AnnouncedChange): Decision => ({
    notify: true,
    why,
    change: announced,
    kind: event.kind,
    title: hasAccountInTitle(event) ? event.title : (event.shortTitle ?? event.title),
    body: event.summary,
    quiet: false,
    isError: event.severity === 'error',
    account: event.account,
  });

  switch (change.status) {
    case 'opened':
      return notify('Rule: a sync failure, once per account until it works again', change);
    case 'still-failing':
      return silent(
        `Once per account: this one was failing already, for ${lengthWords(entry.receivedAt - change.since)}`,
      );
    case 'reported-before':
      return silent('Another delivery reported the same before, and each thing is announced once');
    case 'waiting':
      return silent(`A passing failure, ${change.failures} in a row: announced from the third`);
    case 'recovered':
      return {
        notify: true,
        why: 'Rule: an account works again',
        change,
        kind: 'sync.recovered',
        title: worksAgain(
          change.name,
          change.failingSince === null ? null : happenedAt(entry, event) - change.failingSince,
        ),
        body: event.summary,
        quiet: true,
        isError: false,
        account: event.account && { id: event.account.id, name: change.name },
      };
    case 'outdated':
      return silent('It happened before what is known of this account already');
    case 'none':
      break;
  }
  if (event.severity === 'error' || event.severity === 'warning')
    return notify(`Rule: every ${event.severity} is announced`, change);
  const { label } = kinds[event.kind];
  if (!isSilentByDefault(event)) return notify(`Rule: ${label}`, change);
  return asked === null
    ? silent(`“${label}” is not announced by default`)
    : notify(`Your rule: also tell me of ${asked}`, change);
};

/** The provider's time; one ahead of the receipt is not believed. Epoch ms. */
const happenedAt = ({ receivedAt }: TimelineEntry, { occurredAt }: ProviderEvent): number =>
  Math.min(occurredAt ?? receivedAt, receivedAt);

/** "Binance works again, after 3 h". `failedMs`: for how long it failed. */
const worksAgain = (name: string, failedMs: number | null): string =>
  failedMs === null || failedMs < 60_000
    ? `${name} works again`
    : `${name} works again, after ${lengthWords(failedMs)}`;

const hasAccountInTitle = ({ title, account }: ProviderEvent): boolean =>
  account !== null && title.includes(account.name);
