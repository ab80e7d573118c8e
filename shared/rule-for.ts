import type { ProviderEvent } from './event.ts';
import { type EventKind, kinds } from './kinds.ts';
import type { Rule, RuleAbout } from './notification-rules.ts';
import type { TimelineEntry } from './timeline.ts';

// This file does not import zod, so the window can import its values.

/** What a rule for an entry may be about, in the order in which rules decide: account or collection, source, kind. */
export const aboutsOf = (entry: TimelineEntry): RuleAbout[] => {
  if (entry.status !== 'event') return [];
  const { sourceId, event } = entry;
  const { account, collection, kind } = event;
  const cut = (name: string) => name.slice(0, 200);
  return [
    ...(account
      ? [{ what: 'account' as const, sourceId, accountId: account.id, name: cut(account.name) }]
      : []),
    ...(collection
      ? [
          {
            what: 'collection' as const,
            sourceId,
            collectionId: collection.id,
            name: cut(collection.name),
          },
        ]
      : []),
    { what: 'source', sourceId },
    { what: 'kind', kind },
  ];
};

/** Whether two rules would be about the same thing. Names do not count. */
export const isSameThing = (one: RuleAbout, other: RuleAbout): boolean => {
  switch (one.what) {
    case 'account':
      return (
        other.what === 'account' &&
        one.sourceId === other.sourceId &&
        one.accountId === other.accountId
      );
    case 'collection':
      return (
        other.what === 'collection' &&
        one.sourceId === other.sourceId &&
        one.collectionId === other.collectionId
      );
    case 'source':
      return other.what === 'source' && one.sourceId === other.sourceId;
    case 'kind':
      return other.what === 'kind' && one.kind === other.kind;
  }
};

/**
 * The rule that decides on an entry: that of its account or collection, else of its source, else of its kind; null without one. `kind`:
 * another kind than the event's own, under which it is announced.
 */
export const ruleFor = (
  rules: readonly Rule[],
  entry: TimelineEntry,
  kind?: EventKind,
): Rule | null => {
  for (const about of aboutsOf(entry)) {
    const meant = about.what === 'kind' && kind !== undefined ? { ...about, kind } : about;
    const found = rules.find((rule) => isSameThing(rule.about, meant));
    if (found) return found;
  }
  return null;
};

/** Neither its kind nor its severity notifies by itself. */
export const isSilentByDefault = ({
  kind,
  severity,
}: Pick<ProviderEvent, 'kind' | 'severity'>): boolean =>
  severity !== 'error' && severity !== 'warning' && !kinds[kind].notifies;
