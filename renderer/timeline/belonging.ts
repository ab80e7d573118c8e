import type { TimelineEntry } from '../../shared/timeline.ts';

/** How an entry may belong to a group of rows, as far as it can be told from the entry alone. */
export type Belonging =
  | { readonly as: 'burst'; readonly key: string }
  /** `step`: from 0, the begin of the transfers, to 3, the end of the gains. */
  | { readonly as: 'run'; readonly key: string; readonly step: number }
  | { readonly as: 'outage'; readonly key: string; readonly fails: boolean };

type Event = Extract<TimelineEntry, { status: 'event' }>;

const burstKinds: ReadonlySet<string> = new Set([
  ...['nft.received', 'nft.sent', 'nft.moved', 'contract.activity', 'nft.metadata'],
]);

/** Null for an entry that always has a row of its own. Equal ones are one object, because there are a hundred thousand rows. */
export function belongingOf(entry: TimelineEntry): Belonging | null {
  if (entry.status !== 'event' || entry.conflicts) return null;
  const { run, account } = entry.event;
  if (run) {
    const step = (run.stage === 'gains' ? 2 : 0) + (run.phase === 'started' ? 0 : 1);
    return shared({ as: 'run', key: keyOf(entry, 'run', run.userId), step });
  }
  const health = account?.health;
  if (account && (health === 'working' || health === 'failing' || health === 'failing-for-now'))
    return shared({
      as: 'outage',
      key: keyOf(entry, 'account', account.id),
      fails: health !== 'working',
    });
  const burst = burstOf(entry);
  return burst === null ? null : shared({ as: 'burst', key: burst });
}

/** Simulated and real entries never share a group. */
const keyOf = ({ sourceId, simulated }: Event, ...parts: readonly string[]): string =>
  JSON.stringify([sourceId, simulated, ...parts]);

/** A contract is watched by itself, and its sales are no mints; everything else comes to wallets, by the chain. */
function burstOf(entry: Event): string | null {
  const { kind, severity, chain = '', collection, title } = entry.event;
  if (!burstKinds.has(kind)) return null;
  const inContract = kind === 'contract.activity' ? [title, collection?.id ?? ''] : [];
  return keyOf(entry, kind, severity, chain, ...inContract);
}

const known = new Map<string, Belonging>();
/** Far more than are in use at once; a second object for an equal one costs only memory. */
const mostKnown = 4_096;

function shared(one: Belonging): Belonging {
  const name = JSON.stringify(one);
  const before = known.get(name);
  if (before) return before;
  if (known.size >= mostKnown) known.clear();
  known.set(name, one);
  return one;
}
