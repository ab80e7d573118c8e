import type { Owner } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

/** A name that the person gave to an account or to its owner. */
export type OwnName = {
  readonly of: 'account' | 'owner';
  readonly sourceId: string;
  /** The account's or the owner's id at the provider. */
  readonly id: string;
  readonly name: string;
};

type Named = Pick<OwnName, 'of' | 'sourceId' | 'id'>;

export type Names = {
  /** Given by the person; null without one. */
  readonly of: (thing: Named) => string | null;
  /**
   * The name of a user that a notification may show: the person's own, else the provider's unless it looks like an e-mail address, which would
   * stand on a locked screen. Null without one.
   */
  readonly ofUser: (sourceId: string, owner: Owner) => string | null;
  /** The entry as it is announced: the person's own name for its account stands first in the title. */
  readonly inEntry: (entry: TimelineEntry) => TimelineEntry;
};

/** Looks up the names that the person gave. `list` gives them as they are now; it returns the same array while none changes. */
export const createNames = (list: () => readonly OwnName[]): Names => {
  let known: readonly OwnName[] = [];
  let byKey: ReadonlyMap<string, string> = new Map();

  const of = (thing: Named): string | null => {
    const now = list();
    if (now !== known) {
      known = now;
      byKey = new Map(now.map((one) => [keyOf(one), one.name]));
    }
    return byKey.get(keyOf(thing)) ?? null;
  };

  return {
    of,
    ofUser: (sourceId, { id, name }) =>
      of({ of: 'owner', sourceId, id }) ?? (name === null || looksLikeEMail(name) ? null : name),
    inEntry: (entry) => {
      const account = entry.status === 'event' ? entry.event.account : null;
      if (entry.status !== 'event' || !account) return entry;
      const name = of({ of: 'account', sourceId: entry.sourceId, id: account.id });
      if (name === null) return entry;
      const { shortTitle, ...event } = entry.event;
      const title = `${name}: ${shortTitle ?? event.title}`;
      return { ...entry, event: { ...event, title, account: { ...account, name } } };
    },
  };
};

const keyOf = ({ of, sourceId, id }: Named): string => JSON.stringify([of, sourceId, id]);

const looksLikeEMail = (name: string): boolean => /[@＠﹫]/u.test(name);
