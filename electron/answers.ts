import type { Answers, Settled } from '../shared/ipc.ts';
import type { Names } from '../shared/matching.ts';
import type { Problem } from '../shared/problem.ts';
import { parseQuery } from '../shared/query.ts';
import type { Retention } from '../shared/settings.ts';
import type { Source } from '../shared/source.ts';
import { createFileAnswers, type FileAnswerOptions } from './file-answers.ts';
import type { Quarantine } from './history/quarantine.ts';
import { bytesOf } from './history/record.ts';
import { isAgreed } from './history/retention.ts';
import { searchFor } from './history/search.ts';
import { plainHost } from './hosts.ts';
import type { Accounts } from './insight/accounts.ts';
import type { EndpointWatch } from './insight/endpoints.ts';
import type { openGaps } from './insight/gaps.ts';
import type { Mask } from './masking.ts';
import type { Notices } from './notices.ts';
import type { OtherHosts } from './other-hosts.ts';
import { providers } from './providers/index.ts';
import { authtokenFor } from './setup/authtoken.ts';
import { refusalOf } from './setup/refusals.ts';
import type { StoredSource } from './setup/settings.ts';
import { addressMistake, draftMistake } from './setup/source-draft.ts';
import { choiceMistake, chooseTunnel } from './setup/tunnel-settings.ts';
import type { Vault } from './setup/vault.ts';
import type { Shares } from './shares.ts';
import { shownBody, shownFacts, shownHeaders } from './shown.ts';
import type { createSimulator } from './simulate/simulator.ts';
import { stories } from './simulate/stories.ts';
import type { StateView } from './state-view.ts';
import type { PublicWayIn } from './way-in.ts';
import { explainRejection } from './words.ts';
import type { Edges } from './world.ts';

export type AnswerOptions = Omit<FileAnswerOptions, 'names' | 'edges'> & {
  readonly edges: Edges;
  readonly vault: Vault;
  readonly accounts: Pick<Accounts, 'forgetSimulated'>;
  readonly shares: Pick<Shares, 'raise'>;
  readonly quarantine: Quarantine;
  readonly watch: EndpointWatch;
  readonly simulate: ReturnType<typeof createSimulator>;
  readonly notices: Pick<Notices, 'forget' | 'list'>;
  readonly view: StateView;
  readonly otherHosts: Pick<OtherHosts, 'accept' | 'dismiss'>;
  readonly gaps: ReturnType<typeof openGaps>;
  readonly wayIn: PublicWayIn;
  /** The person wants the public way in tried again. */
  readonly poke: () => void;
  /** What would hold now, if this were chosen. */
  readonly limitsOf: (retention: Retention) => Retention;
  readonly baseUrl: () => string | null;
  /** Hides the values of ours, as they are now. */
  readonly masking: () => Mask;
  /** Looks at the quarantine of a source again. */
  readonly recheck: (source: StoredSource) => Promise<void>;
};

const quarantinePage = 50;
const gone = (what: string): Problem => ({ code: 'gone', what });
const unreadable = ({ id }: StoredSource): Problem => ({
  code: 'secrets-unreadable',
  sourceIds: [id],
});
type Outcome = { status: 'done'; value: Source } | { status: 'failed'; problem: Problem };
const failed = (problem: Problem): Outcome => ({ status: 'failed', problem });

/** What the window may ask, answered. */
export const createAnswers = (options: AnswerOptions): Answers => {
  const { edges, settings, sources, vault, history, quarantine, watch } = options;
  const { simulate, notices, view } = options;

  const names = (): Names => ({ sources: sources.list(), providers: [...providers.values()] });

  const searchOf = (query: string) => searchFor(parseQuery(query, edges.now()), names(), edges.now);

  const viewOf = (id: string): Outcome => {
    const source = sources.find(id);
    return source
      ? { status: 'done', value: view.sourceView(source) }
      : failed(gone('this source'));
  };

  /** Changes what is set up; what the disk refuses is an answer, not a bug. */
  const settle = async (change: () => void | Promise<void>): Promise<Settled> => {
    try {
      await change();
    } catch (error) {
      return { status: 'failed', problem: refusalOf(error) };
    }
    view.changed();
    return { status: 'done' };
  };

  /** Does what changes a source's secrets, unless that would lay them open and the person has not agreed to it. */
  const storing = async (
    id: string,
    withoutKeyring: boolean,
    store: () => Promise<void>,
  ): Promise<Outcome> => {
    if (!vault.hasKeyring && !withoutKeyring)
      return failed({ code: 'keyring-missing', stored: false });
    try {
      await store();
    } catch (error) {
      return failed(refusalOf(error));
    }
    watch.forgive(id);
    const changed = sources.find(id);
    if (changed) await options.recheck(changed);
    view.changed();
    return viewOf(id);
  };

  return {
    state: () => view.state(),
    opening: edges.window.opening,
    providers: () =>
      [...providers.values()].map(({ id, name, info, simulations }) => ({
        ...{ id, name, ...info },
        simulations: simulations.map((simulation) => ({
          id: simulation.id,
          label: simulation.label,
        })),
      })),
    timeline: ({ before, query }) => history.page(before, searchOf(query ?? '')),

    fitting: async ({ seqs, query }) => {
      const { matches, answering } = searchOf(query);
      const all = await Promise.all(seqs.map(history.get));
      return all.flatMap((kept) =>
        kept && matches(kept.entry, kept.facts) ? answering(kept.entry, kept.facts) : [],
      );
    },

    entry: async ({ seq }) => {
      const found = await history.get(seq);
      if (!found) return null;
      const { entry, facts, record } = found;
      const masking = options.masking();
      const explained = providers.get(record.provider)?.explain(record.proof, {
        event: entry.status === 'event' ? entry.event : null,
        simulated: entry.simulated,
      });
      return {
        entry,
        facts: entry.status === 'event' ? shownFacts(facts(), masking) : [],
        headers: shownHeaders(record, masking),
        body: shownBody(bytesOf(record.body), masking),
        verification: explained ?? { checked: [], unproven: [] },
      };
    },

    markSeen: ({ seqs, seen }) => history.markSeen(seqs, seen),
    markAllSeen: () => {
      history.markAllSeen();
      view.changed();
    },

    quarantine: async ({ before }) => {
      const records = await quarantine.page(before, quarantinePage, edges.now());
      const masking = options.masking();
      return records.map(
        ({ headers, body, detail, senderAddress, peerAddress, number: _, ...record }) => ({
          ...record,
          simulated: record.simulated ?? false,
          explanation: explainRejection(record.reason, detail),
          headers: shownHeaders({ headers }, masking),
          body: shownBody(bytesOf(body), masking),
        }),
      );
    },

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
      if (!source) return failed(gone('this source'));
      const mistake = addressMistake(change.allowedAddresses);
      if (mistake) return failed(mistake);
      const touchesSecrets = change.newSecret !== undefined || change.secrets !== undefined;
      if (touchesSecrets && (sources.isLocked(source) || sources.keepsUnreadable(source)))
        return failed(unreadable(source));
      return storing(source.id, withoutKeyring || !touchesSecrets, () =>
        sources.change(source, change),
      );
    },

    replaceToken: async ({ id, withoutKeyring }) => {
      const source = sources.find(id);
      if (!source) return failed(gone('this source'));
      if (sources.keepsUnreadable(source)) return failed(unreadable(source));
      return storing(id, withoutKeyring, () =>
        sources.replaceToken(source, edges.random.token(), edges.now()),
      );
    },

    raiseShare: ({ id }) => settle(() => options.shares.raise(id)),

    removeSource: ({ id }) => settle(() => sources.remove(id)),

    copyEndpoint: ({ id }) => {
      const source = sources.find(id);
      const token = source ? sources.tokenOf(source) : null;
      const base = options.baseUrl();
      if (!source || token === null || base === null) return false;
      edges.clipboard(`${base}/hooks/${source.provider}/${token}`);
      return true;
    },
    copyText: ({ text }) => edges.clipboard(text),

    stories: () =>
      [...stories.values()].map(({ id, label, description }) => ({ id, label, description })),
    simulate,

    changePreferences: (changed) => {
      const { theme, density, notificationDetail } = settings.current.preferences;
      return settle(() =>
        settings.change({
          preferences: {
            theme: changed.theme ?? theme,
            density: changed.density ?? density,
            notificationDetail: changed.notificationDetail ?? notificationDetail,
          },
        }),
      );
    },
    dismissProblem: ({ code }) => {
      for (const problem of notices.list()) if (problem.code === code) notices.forget(problem.code);
      if (code === 'keyring-missing') view.keyringRead();
      if (code === 'settings-restored') settings.remember({ lost: false });
      if (code === 'other-host') options.otherHosts.dismiss();
      if (code === 'account-failing') {
        options.accounts.forgetSimulated();
        view.changed();
      }
    },
    ...createFileAnswers({ ...options, names }),
    restoreSettings: async ({ withoutKeyring }) => {
      const restored = await options.restoring.restore(withoutKeyring);
      if (restored.status === 'failed') return restored;
      options.wayIn.configure();
      for (const source of sources.list()) await options.recheck(source);
      await history.forget();
      view.changed();
      return restored;
    },
    changeTunnel: async ({ choice, withoutKeyring }) => {
      const stored = choice.kind === 'ngrok' ? authtokenFor(vault, choice).status : 'none';
      const mistake = choiceMistake(choice, stored);
      if (mistake) return { status: 'failed', problem: mistake };
      const storesSecret = choice.kind === 'ngrok' && choice.authtoken !== null;
      if (storesSecret && !vault.hasKeyring && !withoutKeyring) {
        return { status: 'failed', problem: { code: 'keyring-missing', stored: false } };
      }
      const settled = await settle(() => chooseTunnel(choice, settings, vault));
      if (settled.status === 'done') options.wayIn.configure();
      return settled;
    },
    retryTunnel: options.poke,
    acceptHost: ({ host }) => {
      const plain = plainHost(host);
      if (plain === null)
        return {
          status: 'failed',
          problem: { code: 'invalid', field: 'host', message: 'Enter a host name' },
        };
      return settle(() => options.otherHosts.accept(plain));
    },
    changeRetention: async ({ retention, agreedUpTo }) => {
      const writable = await settle(settings.demandWritable);
      if (writable.status === 'failed') return writable;
      const loss = await history.lossUnder(options.limitsOf(retention));
      if (loss && !isAgreed(loss, agreedUpTo))
        return { status: 'failed', problem: { code: 'events-would-go', ...loss } };
      return settle(async () => {
        settings.change({ retention });
        await history.forget();
      });
    },
    openHistoryFolder: edges.openHistoryFolder,
    missing: () => ({ gaps: [...options.gaps.list()], damages: history.damages() }),
  };
};
