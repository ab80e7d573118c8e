import * as z from 'zod/mini';
import type { ProviderEvent } from '../../shared/event.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { AccountChange } from '../insight/accounts.ts';

/** What an entry that is announced did to its account. */
export const AnnouncedChange = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('opened') }),
  z.object({ status: z.literal('recovered'), name: z.string() }),
]);
export type AnnouncedChange = z.infer<typeof AnnouncedChange>;

/** What is announced of an entry, and the rule that says so. */
export type Announced = {
  readonly tell: true;
  readonly why: string;
  readonly change: AnnouncedChange;
  readonly kind: EventKind | 'sync.recovered';
  readonly title: string;
  readonly body: string;
  readonly quiet: boolean;
  readonly isError: boolean;
  /** The account that it tells of, by its provider's id and by the name in the title. */
  readonly account: { readonly id: string; readonly name: string } | null;
};

/** Whether an entry is announced, and the reason in words for people. */
export type Decision = Announced | { readonly tell: false; readonly why: string };

const silent = (why: string): Decision => ({ tell: false, why });

/** The defaults of the kinds table: what is announced of an entry that was just recorded. */
export const decide = (entry: TimelineEntry, change: AccountChange): Decision => {
  if (entry.status === 'unrecognized')
    return silent('Deliveries Hookbell does not understand yet are not announced');
  const { event } = entry;
  const tell = (why: string, announced: AnnouncedChange): Decision => ({
    tell: true,
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
      return tell('Rule: a sync failure, once per account until it works again', change);
    case 'still-failing':
      return silent(
        `Once per account: this one was failing already, for ${lengthOf(entry.receivedAt - change.since)}`,
      );
    case 'again':
      return silent('Another delivery reported the same before, and one thing is told once');
    case 'waiting':
      return silent(`A passing failure, ${change.failures} in a row: announced from the third`);
    case 'recovered':
      return {
        tell: true,
        why: 'Rule: an account works again',
        change,
        kind: 'sync.recovered',
        title: `${change.name} works again`,
        body: event.summary,
        quiet: true,
        isError: false,
        account: event.account && { id: event.account.id, name: change.name },
      };
    case 'late':
      return silent('It happened before what is known of this account already');
    case 'none':
      break;
  }
  if (event.severity === 'error' || event.severity === 'warning')
    return tell(`Rule: every ${event.severity} is announced`, change);
  const { label, notifies } = kinds[event.kind];
  return notifies
    ? tell(`Rule: ${label}`, change)
    : silent(`“${label}” is not announced by default`);
};

const lengthOf = (ms: number): string => {
  const minutes = Math.round(Math.max(0, ms) / 60_000);
  if (minutes === 0) return 'less than a minute';
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
};

/** The account's name is cut where it stands in the title; any other title was cut by its provider. */
const hasAccountInTitle = ({ title, account }: ProviderEvent): boolean =>
  account !== null && title.includes(account.name);
