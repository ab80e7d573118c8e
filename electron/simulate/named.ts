import type { SimulationRequest } from '../../shared/simulation.ts';
import { providers } from '../providers/index.ts';
import type { StoredSource } from '../setup/settings.ts';
import { stories } from './stories.ts';

export type Named =
  | { readonly status: 'known'; readonly simulation: SimulationRequest }
  | { readonly status: 'unknown'; readonly message: string };

/** What a name on the command line means: a story, or `source/simulation` with a source's id or its provider's. */
export const simulationNamed = (name: string, sources: readonly StoredSource[]): Named => {
  if (stories.has(name)) return { status: 'known', simulation: { what: 'story', story: name } };

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
    ...sources.flatMap(({ id, provider }) =>
      (providers.get(provider)?.simulations ?? []).map((made) => `${id}/${made.id}`),
    ),
  ];
  return {
    status: 'unknown',
    message: `Hookbell knows no simulation “${name}”. It knows:\n${names.join('\n')}`,
  };
};
