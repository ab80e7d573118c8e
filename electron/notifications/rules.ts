import { kinds } from '../../shared/kinds.ts';
import {
  type Rule,
  type RuleAbout,
  type RuleDraft,
  rulesAtMost,
} from '../../shared/notification-rules.ts';
import { isSameThing } from '../../shared/rule-for.ts';
import { cleaned, isolated } from '../text.ts';

/** What a rule is about, in words. `sourceName`: of the source that is meant. */
export const aboutWords = (about: RuleAbout, sourceName: string): string => {
  switch (about.what) {
    case 'account':
    case 'collection':
      return isolated(about.name);
    case 'source':
      return isolated(sourceName);
    case 'kind':
      return `“${kinds[about.kind].label}”`;
  }
};

/** The rules with one more, which takes the place of an earlier one about the same; null where there are too many. */
export const withRule = (
  rules: readonly Rule[],
  { about, says }: RuleDraft,
  id: string,
): { readonly rules: Rule[]; readonly added: Rule } | null => {
  const others = rules.filter((rule) => !isSameThing(rule.about, about));
  if (others.length >= rulesAtMost) return null;
  const named = 'name' in about ? { ...about, name: cleaned(about.name) } : about;
  const added = { id, about: named, says };
  return { rules: [...others, added], added };
};
