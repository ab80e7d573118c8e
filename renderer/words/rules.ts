import { kinds } from '../../shared/kinds.ts';
import type { Rule, RuleAbout } from '../../shared/notification-rules.ts';
import type { Source } from '../../shared/source.ts';

type Sources = readonly Pick<Source, 'id' | 'name'>[];

/** The name of what a rule is about; foreign text. */
export const aboutName = (about: RuleAbout, sources: Sources): string => {
  switch (about.what) {
    case 'account':
    case 'collection':
      return about.name;
    case 'source':
      return nameOf(about.sourceId, sources);
    case 'kind':
      return kinds[about.kind].label;
  }
};

/** Where an account or a collection belongs to; null for the others. */
export const aboutSource = (about: RuleAbout, sources: Sources): string | null =>
  about.what === 'account' || about.what === 'collection' ? nameOf(about.sourceId, sources) : null;

const nameOf = (id: string, sources: Sources): string =>
  sources.find((source) => source.id === id)?.name ?? 'A removed source';

export const verdictWords = {
  mute: 'mute',
  announce: 'also tell me of',
} satisfies Record<Rule['says'], string>;
