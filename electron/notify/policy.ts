import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { AccountChange } from '../insight/accounts.ts';

/** Whether an entry is announced, and the reason in words for people. */
export type Decision =
  | {
      readonly tell: true;
      readonly why: string;
      readonly kind: EventKind | 'sync.recovered';
      readonly title: string;
      readonly body: string;
      readonly quiet: boolean;
    }
  | { readonly tell: false; readonly why: string };

const silent = (why: string): Decision => ({ tell: false, why });

/** The defaults of the kinds table: what is announced of an entry that was just recorded. */
export const decide = (entry: TimelineEntry, change: AccountChange): Decision => {
  if (entry.status === 'unrecognized')
    return silent('Deliveries Hookbell does not understand yet are not announced');
  const { event } = entry;
  const tell = (why: string): Decision => ({
    tell: true,
    why,
    kind: event.kind,
    title: event.shortTitle ?? event.title,
    body: event.summary,
    quiet: false,
  });

  switch (change.status) {
    case 'opened':
      return tell('Rule: a sync failure, once per account until it works again');
    case 'still-failing':
      return silent('Already announced: this account has been failing since then');
    case 'waiting':
      return silent(`A passing failure, ${change.failures} in a row: announced from the third`);
    case 'recovered':
      return {
        tell: true,
        why: 'Rule: an account works again',
        kind: 'sync.recovered',
        title: `${change.name} works again`,
        body: event.summary,
        quiet: true,
      };
    case 'late':
      return silent('It came late: something newer is known of this account');
    case 'none':
      break;
  }
  if (event.severity === 'error' || event.severity === 'warning')
    return tell(`Rule: every ${event.severity} is announced`);
  const { label, notifies } = kinds[event.kind];
  return notifies ? tell(`Rule: ${label}`) : silent(`“${label}” is not announced by default`);
};
