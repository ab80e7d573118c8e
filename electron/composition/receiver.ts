import { type Crowding, createCrowding } from '../receiver/crowding.ts';
import { createGate, type Gate } from '../receiver/gate.ts';
import type { Listening } from '../receiver/listening.ts';
import { createOldUrls, type OldUrls } from '../receiver/old-urls.ts';
import { createOtherHosts, type OtherHosts } from '../receiver/other-hosts.ts';
import type { Outages } from '../receiver/outages.ts';
import { baseUrl, ownHosts } from '../receiver/own-hosts.ts';
import { createPipeline, type Pipeline } from '../receiver/pipeline.ts';
import { openPublicAccess } from '../receiver/public-access.ts';
import type { PublicUrl } from '../receiver/public-url.ts';
import { createRateLimit } from '../receiver/rate-limit.ts';
import { createRecheck } from '../receiver/recheck.ts';
import { createRefusalCounts, type RefusalCounts } from '../receiver/refusal-counts.ts';
import { createShares, type Shares } from '../receiver/shares.ts';
import type { UrlProofWatch } from '../receiver/url-proof.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Emit } from '../signals.ts';
import { testCredentials } from '../simulate/test-secret.ts';
import { createTrial, type Trial } from '../simulate/trial.ts';
import type { Tunnel } from '../tunnel/tunnel.ts';
import type { Edges } from '../world.ts';
import type { StorageParts } from './storage.ts';

/** The parts that a delivery and the public URL go through. */
export type ReceiverParts = {
  readonly listening: () => Listening;
  readonly setListening: (listening: Listening) => void;
  readonly tunnel: Tunnel;
  readonly outages: Outages;
  readonly publicUrl: PublicUrl;
  readonly urlProof: UrlProofWatch;
  /** Where every endpoint URL begins; null while nothing can be reached. */
  readonly baseUrl: () => string | null;
  readonly crowding: Crowding;
  readonly refusalCounts: RefusalCounts;
  readonly otherHosts: OtherHosts;
  readonly oldUrls: OldUrls;
  readonly gate: Gate;
  readonly shares: Shares;
  readonly pipeline: Pipeline;
  readonly trial: Trial;
  /** Signs the tests of what has no secret. Only deliveries of our own simulator are verified with it. */
  readonly testSecret: string;
  /** Looks at the quarantine of a source again. Rejects with the system's error when the disk refuses. */
  readonly recheck: (source: StoredSource) => Promise<void>;
};

/** Makes the receiver on what is on disk. */
export const openReceiver = (edges: Edges, emit: Emit, storage: StorageParts): ReceiverParts => {
  const { now, schedule } = edges;
  const { settings, sources, vault, gaps, disk, insight } = storage;
  const { history, quarantine, tally, limits } = storage;
  const { sourceHealth } = insight;
  const onChange = () => emit('changed');
  let listening: Listening = { status: 'starting' };

  const { tunnel, outages, publicUrl, urlProof } = openPublicAccess({
    edges,
    settings,
    vault,
    gaps,
    onChange,
    receiver: () => listening,
    refusing: disk.refusing,
    onDown: () => emit('publicUrlDown'),
    onUp: (again) => emit('publicUrlUp', again),
  });
  const here = { settings, listening: () => listening, publicUrl: publicUrl.current };
  const crowding = createCrowding(now, schedule, onChange);
  const refusalCounts = createRefusalCounts(now, onChange, crowding.note);
  const otherHosts = createOtherHosts({
    settings,
    now,
    onChange,
    known: storage.conditionStore.kept.flatMap((reason) =>
      reason.code === 'other-host' ? reason : [],
    ),
  });
  const oldUrls = createOldUrls({ settings, now, schedule, onChange });
  const trial = createTrial(edges.random.token());
  const testSecret = edges.random.hex(48);
  const rateLimit = createRateLimit(now);
  const gate = createGate({
    settings,
    sources,
    simulatedAt: trial.at,
    tunnel,
    sourceHealth,
    otherHosts,
    rateLimit,
    now,
    hosts: () => ownHosts(here),
    demandsProof: publicUrl.demandsProof,
    onRefused: (why, head) => emit('refused', why, head),
  });
  const shares = createShares({ tally, settings, limits, onChange });
  const pipeline = createPipeline({
    sources: {
      isLocked: (source) => trial.credentialsOf(source) === null && sources.isLocked(source),
      credentialsOf: (source) => trial.credentialsOf(source) ?? sources.credentialsOf(source),
    },
    testCredentials: (source, known) => testCredentials(source, known, testSecret),
    vault,
    shares,
    history,
    quarantine,
    rateLimit,
    schedule,
    onReceived: (received) => emit('received', received),
    onRefused: (why, delivery) => emit('refused', why, delivery),
    onWriteResult: (what, error) => emit('written', what, error),
  });
  const recheck = createRecheck({
    quarantine,
    now,
    admit: pipeline.admitAgain,
    onReadmitted: (readmitted) => emit('readmitted', readmitted),
    onDone: (source, entries) => emit('rechecked', source, entries),
  });
  return {
    tunnel,
    outages,
    publicUrl,
    urlProof,
    crowding,
    refusalCounts,
    otherHosts,
    oldUrls,
    gate,
    shares,
    pipeline,
    trial,
    testSecret,
    recheck,
    listening: here.listening,
    setListening: (is) => {
      listening = is;
    },
    baseUrl: () => baseUrl(here),
  };
};
