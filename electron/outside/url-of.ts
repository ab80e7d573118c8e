import type { docPages, LookedUp, PlaceOutside } from '../../shared/place-outside.ts';
import type { UrlOrigin } from './checked-url.ts';
import { linkOf } from './link-template.ts';

/** Where the project is published, as `homepage` in package.json. */
export const repository = 'https://github.com/hookbell/hookbell';

type DocPage = (typeof docPages)[number];

/** The file of each page of the docs, within the project. */
export const docFiles = {
  start: 'README.md',
  ngrok: 'docs/ngrok.md',
  provisioning: 'docs/provisioning.md',
  'settings-file': 'docs/settings-file.md',
  security: 'docs/security.md',
} satisfies Record<DocPage, string>;

const ngrokPages = {
  authtoken: 'https://dashboard.ngrok.com/get-started/your-authtoken',
  domains: 'https://dashboard.ngrok.com/domains',
};

/** What the URL of a place is made of. */
export type KnownPlaces = {
  /** Null: the provider has no portal. */
  readonly portalOf: (provider: string) => string | null;
  readonly providerOf: (sourceId: string) => string | null;
  readonly linkTemplateOf: (sourceId: string) => string | null;
  /** Null: no real delivery told of such an account. `userId`: the provider's id of its user; null when unknown. */
  readonly accountOf: (
    sourceId: string,
    accountId: string,
  ) => { readonly userId: string | null } | null;
  /** The URL at which an explorer shows a part of the entry; null where none does. */
  readonly explorerUrl: (seq: number, what: LookedUp) => string | null;
};

/** The URL of a place, not checked yet, and who wrote it; null where the place does not exist. */
export const urlOf = (
  place: PlaceOutside,
  known: KnownPlaces,
): { readonly url: string; readonly from: UrlOrigin } | null => {
  const { portalOf, providerOf, linkTemplateOf, accountOf, explorerUrl } = known;
  switch (place.at) {
    case 'portal':
      return byApp(portalOf(place.provider));
    case 'explorer':
      return byApp(explorerUrl(place.seq, place.what));
    case 'account-link': {
      const { sourceId, accountId } = place;
      const template = linkTemplateOf(sourceId);
      const account = accountOf(sourceId, accountId);
      if (template === null || account === null) return null;
      const url = linkOf(template, { accountId, userId: account.userId });
      return url === null ? null : { url, from: 'person' };
    }
    case 'account': {
      const { sourceId, accountId } = place;
      const provider = providerOf(sourceId);
      const link =
        accountId === null ? null : urlOf({ at: 'account-link', sourceId, accountId }, known);
      return link ?? (provider === null ? null : urlOf({ at: 'portal', provider }, known));
    }
    case 'docs':
      return byApp(`${repository}/blob/main/${docFiles[place.page]}`);
    case 'ngrok':
      return byApp(ngrokPages[place.page]);
  }
};

const byApp = (url: string | null) => (url === null ? null : { url, from: 'app' as const });
