import { ownNameAtMost } from '../../shared/account.ts';
import { cleaned, cutTo } from '../text.ts';
import type { StoredName } from './settings.ts';

/** So many are kept. */
export const mostNames = 5000;

type Named = Pick<StoredName, 'of' | 'sourceId' | 'id'>;

const areSame = (a: Named, b: Named): boolean =>
  a.of === b.of && a.sourceId === b.sourceId && a.id === b.id;

/** A name in one plain line; a name without anything to show is empty. */
export const cleanName = (name: StoredName): StoredName => ({
  ...name,
  name: cutTo(cleaned(name.name), ownNameAtMost),
});

/** The names with some more, each in the place of an earlier one. An empty name takes one away. Beyond 5000 the oldest are forgotten. */
export const withNames = (
  names: readonly StoredName[],
  more: readonly StoredName[],
): StoredName[] => {
  if (more.length === 0) return [...names];
  const kept = names.filter((name) => !more.some((one) => areSame(one, name)));
  return [...kept, ...more.filter(({ name }) => name !== '')].slice(-mostNames);
};
