import type { SimulationRequest } from '../../shared/simulation.ts';
import { providers } from '../providers/index.ts';
import type { StoredSource } from '../setup/settings.ts';
import { type StoryStep, stories } from './stories.ts';

export type Named =
  | { readonly status: 'known'; readonly simulation: SimulationRequest }
  | { readonly status: 'unknown'; readonly message: string };

/** The simulation that a name on the command line means: a story, or `source/simulation` with the id of a source or a provider. */
export const simulationNamed = (name: string, sources: readonly StoredSource[]): Named => {
  const story = stories.get(name);
  if (story) {
    const canPlay = story.steps.some(({ provider }) =>
      sources.some((one) => one.provider === provider),
    );
    return canPlay
      ? { status: 'known', simulation: { what: 'story', story: name } }
      : unknown(`No source can play “${name}”. Add one of ${providersOf(story.steps)} first.`);
  }

  const [, sender = '', what = ''] = /^([^/]+)\/(.+)$/s.exec(name) ?? [];
  const source =
    sources.find(({ id }) => id === sender) ?? sources.find(({ provider }) => provider === sender);
  const known = source && providers.get(source.provider)?.simulations.some(({ id }) => id === what);
  if (source && known) {
    return {
      status: 'known',
      simulation: { what: 'delivery', sourceId: source.id, simulation: what },
    };
  }
  const names = namesFor(sources).join('\n');
  return unknown(`Hookbell knows no simulation “${name}”. It knows:\n${names}`);
};

const unknown = (message: string): Named => ({ status: 'unknown', message });

/** The id of a provider means its first source. */
const namesFor = (sources: readonly StoredSource[]): string[] => [
  ...stories.keys(),
  ...sources.flatMap((one) => {
    const isFirst = sources.find(({ provider }) => provider === one.provider) === one;
    const simulations = providers.get(one.provider)?.simulations ?? [];
    return simulations.map(({ id }) => `${isFirst ? one.provider : one.id}/${id}`);
  }),
];

const providersOf = (steps: readonly StoryStep[]): string =>
  [...new Set(steps.map(({ provider }) => providers.get(provider)?.name ?? provider))].join(' or ');
