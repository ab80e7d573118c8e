import type { Answers } from '../../../shared/ipc.ts';
import { isFailure, kindOf } from '../../../shared/matching.ts';
import type { LookedUp, OfferedPlace, PlaceOutside } from '../../../shared/place-outside.ts';
import type { TimelineEntry } from '../../../shared/timeline.ts';
import type { History } from '../../history/history.ts';
import { bodyBytes, type StoredEntry } from '../../history/record.ts';
import type { Accounts } from '../../insight/accounts.ts';
import { type CheckedUrl, checkedUrl } from '../../outside/checked-url.ts';
import { type KnownPlaces, urlOf } from '../../outside/url-of.ts';
import { providers } from '../../providers/index.ts';
import type { Lookup } from '../../providers/lookup.ts';
import type { Sources } from '../../setup/sources.ts';
import type { Edges } from '../../world.ts';

export type PlaceAnswerOptions = {
  readonly edges: Pick<Edges, 'openExternal' | 'clipboard'>;
  readonly history: Pick<History, 'get'>;
} & Linked;

/** What the links of accounts are made of. */
export type Linked = {
  readonly sources: Pick<Sources, 'find'>;
  readonly accounts: Pick<Accounts, 'list'>;
};

type Allowed = Extract<CheckedUrl, { status: 'ok' }>;

/** Answers that lead out of the app: the only ones that make URLs to be opened (E8). */
export const createPlaceAnswers = ({
  edges,
  history,
  ...linked
}: PlaceAnswerOptions): Pick<Answers, 'openPlace' | 'copyPlace' | 'offerPlaces'> => {
  const find = async (place: PlaceOutside): Promise<Allowed | null> => {
    const found = place.at === 'explorer' ? await history.get(place.seq) : null;
    return allowed(place, knownPlaces(linked, found));
  };
  return {
    openPlace: async ({ place, agreedHost }) => {
      const found = await find(place);
      if (!found) return { status: 'refused', why: 'no-place', url: null };
      const { url, host, encrypted } = found;
      if (!encrypted && host !== agreedHost) return { status: 'asks', host };
      return (await edges.openExternal(url))
        ? { status: 'opened' }
        : { status: 'refused', why: 'no-browser', url };
    },
    copyPlace: async ({ place }) => {
      const found = await find(place);
      if (found) edges.clipboard(found.url);
      return found !== null;
    },
    offerPlaces: async ({ places }) => {
      const all = await Promise.all(
        places.map(async (place) => ({ place, found: await find(place) })),
      );
      return all.flatMap(({ place, found }) => (found ? offer(place, found) : []));
    },
  };
};

/** The URL of a place, if it exists and the guard lets it through. */
const allowed = (place: PlaceOutside, known: KnownPlaces): Allowed | null => {
  const made = urlOf(place, known);
  const checked = made && checkedUrl(made.url, made.from);
  return checked?.status === 'ok' ? checked : null;
};

/** The ids of a simulated delivery are made up: an explorer would show nothing, or another's account. */
const lookupsOf = ({ entry, record }: StoredEntry): readonly Lookup[] =>
  entry.simulated
    ? []
    : (providers.get(record.provider)?.lookupsIn({ body: bodyBytes(record.body) }) ?? []);

const knownPlaces = ({ sources, accounts }: Linked, found: StoredEntry | null): KnownPlaces => {
  const lookups = found ? lookupsOf(found) : [];
  return {
    portalOf: (provider) => providers.get(provider)?.portal ?? null,
    providerOf: (sourceId) => sources.find(sourceId)?.provider ?? null,
    linkTemplateOf: (sourceId) => sources.find(sourceId)?.linkTemplate ?? null,
    accountOf: (sourceId, accountId) =>
      realAccount(accounts, sourceId, accountId) ?? ownAccount(found, accountId),
    explorerUrl: (_seq, what) => lookups.find((one) => one.what === what)?.url ?? null,
  };
};

type Linkable = { readonly userId: string | null };

/** The account of an entry. The list of accounts has it a moment later. */
const ownAccount = (found: StoredEntry | null, accountId: string): Linkable | null => {
  const account = found?.entry.status === 'event' ? found.entry.event.account : null;
  if (account?.id !== accountId || found?.entry.simulated) return null;
  return { userId: account.owner?.id ?? null };
};

const realAccount = (
  accounts: Linked['accounts'],
  sourceId: string,
  accountId: string,
): Linkable | null => {
  const account = accounts
    .list()
    .find((one) => one.sourceId === sourceId && one.accountId === accountId && !one.simulated);
  return account ? { userId: account.owner?.id ?? null } : null;
};

/** Where a failing account is mended, for a button that asks no question; null where that is nowhere. */
export const accountPlace = (
  sourceId: string,
  accountId: string,
  linked: Linked,
): OfferedPlace | null => {
  const place: PlaceOutside = { at: 'account', sourceId, accountId };
  const found = allowed(place, knownPlaces(linked, null));
  return found?.encrypted ? offer(place, found) : null;
};

const offer = (place: PlaceOutside, { host }: Allowed): OfferedPlace => ({
  place,
  label: labelOf(place),
  host,
});

const labelOf = (place: PlaceOutside): string => {
  switch (place.at) {
    case 'portal':
      return 'Open the portal';
    case 'explorer':
      return lookupLabels[place.what];
    case 'account-link':
      return 'Open the account';
    case 'account':
      return 'Open it';
    case 'docs':
      return 'Open the documentation';
    case 'ngrok':
      return place.page === 'authtoken' ? 'Find the authtoken' : 'Find the domain';
  }
};

const lookupLabels = {
  transaction: 'Open the transaction',
  asset: 'Open the NFT',
  sender: 'Open the sender',
  recipient: 'Open the recipient',
  wallet: 'Open the wallet',
} satisfies Record<LookedUp, string>;

/** Where more of an entry can be seen, what helps first. */
export const placesOf = (found: StoredEntry, linked: Linked): OfferedPlace[] => {
  const { entry } = found;
  if (entry.simulated) return [];
  const known = knownPlaces(linked, found);
  const explorers = lookupsOf(found).map(
    ({ what }): PlaceOutside => ({ at: 'explorer', seq: entry.seq, what }),
  );
  return [...accountLink(entry), ...explorers, ...portalOf(entry)].flatMap((place) => {
    const reached = allowed(place, known);
    return reached ? offer(place, reached) : [];
  });
};

const accountLink = (entry: TimelineEntry): PlaceOutside[] => {
  const account = entry.status === 'event' ? entry.event.account : null;
  if (!account || account.health === 'removed') return [];
  return [{ at: 'account-link', sourceId: entry.sourceId, accountId: account.id }];
};

/** What failed is mended there. */
const portalOf = (entry: TimelineEntry): PlaceOutside[] =>
  isFailure(kindOf(entry)) ? [{ at: 'portal', provider: entry.provider }] : [];
