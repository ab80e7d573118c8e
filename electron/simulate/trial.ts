import type { SimulatedAnswer } from '../../shared/simulation.ts';
import { trialSource } from '../../shared/trial.ts';
import { providers } from '../providers/index.ts';
import type { Credentials } from '../providers/provider.ts';
import { type Endpoint, endpointAt, hashOf } from '../setup/endpoints.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Post } from './simulator.ts';
import { trialStep } from './stories.ts';

/** The source of *Try it now*: in memory, and no source of the person's. */
export type Trial = {
  readonly source: StoredSource;
  readonly token: string;
  /** Its endpoint at a path. To be asked for requests of our own simulator alone: for anyone else there is none. */
  readonly at: (path: string) => Endpoint | null;
  /** Null for any other source. */
  readonly credentialsOf: (source: StoredSource) => Credentials | null;
};

/** Makes the trial source, which has no secret of its own: a test secret signs for it. */
export const createTrial = (token: string): Trial => {
  const source: StoredSource = {
    ...trialSource,
    provider: trialStep.provider,
    tokenHash: hashOf(token),
    retired: [],
    clientId: null,
    allowedAddresses: null,
  };
  return {
    source,
    token,
    at: (path) => endpointAt([source], path, 0),
    credentialsOf: (one) =>
      one === source ? { secrets: [], clientId: null, allowedAddresses: null } : null,
  };
};

export type TryNowOptions = {
  readonly trial: Trial;
  readonly testSecret: string;
  readonly post: Post;
  /** Epoch ms. */
  readonly now: () => number;
  readonly hex: (digits: number) => string;
  /** Forgets earlier tests: an account that fails already would be no news. */
  readonly forgetTests: () => void;
};

/** Sends a failed sync to the trial source, as its provider would. Settles with the receiver's answer; never rejects. */
export type TryNow = () => Promise<SimulatedAnswer>;

export const createTryNow =
  ({ trial, testSecret, post, now, hex, forgetTests }: TryNowOptions): TryNow =>
  async () => {
    const { id, clientId } = trial.source;
    const { provider, simulation } = trialStep;
    const about = { sourceId: id, simulation };
    const made = providers.get(provider)?.simulations.find((one) => one.id === simulation);
    if (!made) return { ...about, status: 0, outcome: 'cannot be sent: unknown' };
    forgetTests();
    const { headers, body } = made.make({ secret: testSecret, clientId, now: now(), hex });
    return { ...about, ...(await post(`/hooks/${provider}/${trial.token}`, headers, body)) };
  };
