import type { Answers } from '../../../shared/ipc.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Source } from '../../../shared/source.ts';
import type { SourceHealth } from '../../insight/source-health.ts';
import { providers } from '../../providers/index.ts';
import type { Shares } from '../../receiver/shares.ts';
import type { StoredSource } from '../../setup/settings.ts';
import { addressMistake, draftMistake, linkMistake } from '../../setup/source-draft.ts';
import type { Sources } from '../../setup/sources.ts';
import { writeProblem } from '../../setup/store-problems.ts';
import type { Vault } from '../../setup/vault.ts';
import type { Simulate } from '../../simulate/simulator.ts';
import { stories } from '../../simulate/stories.ts';
import type { TryNow } from '../../simulate/trial.ts';
import type { Edges } from '../../world.ts';
import type { Settle } from './settle.ts';

export type SourceAnswerOptions = {
  readonly edges: Pick<Edges, 'now' | 'random' | 'clipboard'>;
  readonly sources: Sources;
  readonly vault: Pick<Vault, 'needsConsent'>;
  readonly sourceHealth: Pick<SourceHealth, 'clearRejections' | 'remove'>;
  readonly shares: Pick<Shares, 'raise'>;
  readonly simulate: Simulate;
  readonly tryNow: TryNow;
  /** An account that fails in an earlier test would be no news in the next. */
  readonly forgetTests: () => void;
  readonly viewOf: (source: StoredSource) => Source;
  /** Where every endpoint URL begins; null while nothing can be reached. */
  readonly baseUrl: () => string | null;
  /** Looks at the quarantine of a source again. */
  readonly recheck: (source: StoredSource) => Promise<void>;
  readonly settle: Settle;
  readonly onChange: () => void;
};

type SourceAnswers = Pick<
  Answers,
  | 'providers'
  | 'addSource'
  | 'changeSource'
  | 'replaceToken'
  | 'raiseShare'
  | 'removeSource'
  | 'copyEndpoint'
  | 'stories'
  | 'simulate'
  | 'tryNow'
  | 'sendTest'
>;

type Outcome = { status: 'done'; value: Source } | { status: 'failed'; problem: Problem };

const failed = (problem: Problem): Outcome => ({ status: 'failed', problem });
const sourceGone = failed({ code: 'gone', what: 'this source' });
const unreadable = ({ id }: StoredSource): Outcome =>
  failed({ code: 'secrets-unreadable', sourceIds: [id] });

/** Answers about sources, their endpoints and what can be simulated for them. */
export const createSourceAnswers = (options: SourceAnswerOptions): SourceAnswers => {
  const { edges, sources, settle } = options;
  const storing = createStoring(options);

  return {
    providers: () =>
      [...providers.values()].map(({ id, name, info, portal, simulations }) => ({
        id,
        name,
        ...info,
        portalHost: portal === null ? null : new URL(portal).host,
        simulations: simulations.map(({ id, label }) => ({ id, label })),
      })),

    addSource: async ({ draft, withoutKeyring }) => {
      const mistake = draftMistake(draft);
      if (mistake) return failed(mistake);
      const id = edges.random.id();
      return storing(id, withoutKeyring, () =>
        sources.add({ ...draft, id, token: edges.random.token() }),
      );
    },

    changeSource: async ({ change, withoutKeyring }) => {
      const source = sources.find(change.id);
      if (!source) return sourceGone;
      const mistake = addressMistake(change.allowedAddresses) ?? linkMistake(change.linkTemplate);
      if (mistake) return failed(mistake);
      const touchesSecrets = change.newSecret !== undefined || change.secrets !== undefined;
      if (touchesSecrets && (sources.isLocked(source) || sources.keepsUnreadable(source)))
        return unreadable(source);
      return storing(source.id, withoutKeyring || !touchesSecrets, () =>
        sources.change(source, change),
      );
    },

    replaceToken: async ({ id, withoutKeyring }) => {
      const source = sources.find(id);
      if (!source) return sourceGone;
      if (sources.keepsUnreadable(source)) return unreadable(source);
      return storing(id, withoutKeyring, () =>
        sources.replaceToken(source, edges.random.token(), edges.now()),
      );
    },

    raiseShare: ({ id }) => settle(() => options.shares.raise(id)),
    removeSource: ({ id }) =>
      settle(() => {
        sources.remove(id);
        options.sourceHealth.remove(id);
      }),

    copyEndpoint: ({ id }) => {
      const source = sources.find(id);
      const token = source ? sources.tokenOf(source) : null;
      const base = options.baseUrl();
      if (!source || token === null || base === null) return false;
      edges.clipboard(`${base}/hooks/${source.provider}/${token}`);
      return true;
    },

    stories: () =>
      [...stories.values()].map(({ id, label, description }) => ({ id, label, description })),
    simulate: options.simulate,
    tryNow: options.tryNow,
    sendTest: async ({ id }) => {
      const source = sources.find(id);
      const first = source && providers.get(source.provider)?.simulations[0];
      if (!first) return null;
      options.forgetTests();
      const request = { what: 'delivery', sourceId: id, simulation: first.id } as const;
      return (await options.simulate(request))[0] ?? null;
    },
  };
};

/** Does what changes a source's secrets, unless that would leave them unprotected and the person has not agreed to it. */
const createStoring =
  ({ sources, vault, sourceHealth, viewOf, recheck, onChange }: SourceAnswerOptions) =>
  async (id: string, withoutKeyring: boolean, store: () => Promise<void>): Promise<Outcome> => {
    if (vault.needsConsent && !withoutKeyring)
      return failed({ code: 'keyring-missing', stored: false });
    try {
      await store();
    } catch (error) {
      return failed(writeProblem(error));
    }
    sourceHealth.clearRejections(id);
    const changed = sources.find(id);
    if (changed) await recheck(changed);
    onChange();
    return changed ? { status: 'done', value: viewOf(changed) } : sourceGone;
  };
