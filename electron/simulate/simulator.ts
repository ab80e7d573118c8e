import type { SimulatedAnswer, SimulationRequest } from '../../shared/simulation.ts';
import { providers } from '../providers/index.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import { type StoryStep, stories } from './stories.ts';
import { testCredentials } from './test-secret.ts';

/** Sends one request to our own receiver over HTTP, marked as ours. Status 0 when it cannot be reached. Never rejects. */
export type Post = (
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<{ readonly status: number; readonly outcome: string }>;

/** Sends one simulation, or plays a story; settles with the answer to each delivery that was sent. Never rejects. */
export type Simulate = (request: SimulationRequest) => Promise<SimulatedAnswer[]>;

export type SimulatorOptions = {
  readonly sources: Sources;
  readonly post: Post;
  readonly testSecret: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly hex: (digits: number) => string;
};

/** Makes genuine deliveries, signed with the source's own secret or else the test secret, and sends them as a provider would. */
export const createSimulator = (options: SimulatorOptions): Simulate => {
  const { sources, post, testSecret, now, hex } = options;
  const send = async (
    source: StoredSource,
    simulation: string,
    wrongSecret: boolean,
  ): Promise<SimulatedAnswer> => {
    const about = { sourceId: source.id, simulation };
    const made = providers.get(source.provider)?.simulations.find(({ id }) => id === simulation);
    const credentials = sources.credentialsOf(source);
    const token = sources.tokenOf(source);
    if (!made || !credentials || !token)
      return { ...about, status: 0, outcome: 'cannot be sent: unknown or locked' };

    const secret = wrongSecret
      ? Buffer.from(hex(48), 'hex').toString('base64')
      : (testCredentials(source, credentials, testSecret).secrets[0] ?? null);
    const { headers, body } = made.make({
      secret,
      clientId: credentials.clientId,
      now: now(),
      hex,
    });
    return { ...about, ...(await post(`/hooks/${source.provider}/${token}`, headers, body)) };
  };

  const play = async (steps: readonly StoryStep[]): Promise<SimulatedAnswer[]> => {
    const answers: SimulatedAnswer[] = [];
    for (const { provider, simulation, wrongSecret } of steps) {
      const source = sources.list().find((candidate) => candidate.provider === provider);
      if (source) answers.push(await send(source, simulation, wrongSecret ?? false));
    }
    return answers;
  };

  return async (request) => {
    if (request.what === 'story') return play(stories.get(request.story)?.steps ?? []);
    const source = sources.find(request.sourceId);
    return source ? [await send(source, request.simulation, false)] : [];
  };
};
