import type { SimulationRequest } from '../../shared/simulation.ts';
import { providers } from '../providers/index.ts';
import type { StoredSource } from '../setup/settings.ts';
import { type Step, stories } from './stories.ts';

export type Named =
  | { readonly status: 'known'; readonly simulation: SimulationRequest }
  | { readonly status: 'unknown'; readonly message: string };

/** What a name on the command line means: a story, or `source/simulation` with a source's id or its provider's. */
export const simulationNamed = (name: string, sources: readonly StoredSource[]): Named => {
  const story = stories.get(name);
  if (story) {
    return story.steps.some(({ provider }) => sources.some((one) => one.provider === provider))
      ? { status: 'known', simulation: { what: 'story', story: name } }
      : {
          status: 'unknown',
          message: `No source can play “${name}”. Add one of ${providersOf(story.steps)} first.`,
        };
  }

  const [, who = '', what = ''] = /^([^/]+)\/(.+)$/s.exec(name) ?? [];
  const source =
    sources.find(({ id }) => id === who) ?? sources.find(({ provider }) => provider === who);
  const known = source && providers.get(source.provider)?.simulations.some(({ id }) => id === what);
  if (source && known) {
    return {
      status: 'known',
      simulation: { what: 'delivery', sourceId: source.id, simulation: what },
    };
  }
  const names = [
    ...stories.keys(),
    ...sources.flatMap((one) => {
      // The provider's id means its first source.
      const isFirst = sources.find(({ provider }) => provider === one.provider) === one;
      const made = providers.get(one.provider)?.simulations ?? [];
      return made.map(({ id }) => `${isFirst ? one.provider : one.id}/${id}`);
    }),
  ];
  return {
    status: 'unknown',
    message: `Hookbell knows no simulation “${name}”. It knows:\n${names.join('\n')}`,
  };
};

const providersOf = (steps: readonly Step[]): string =>
  [...new Set(steps.map(({ provider }) => providers.get(provider)?.name ?? provider))].join(' or ');
