import { plainAddress } from '../addresses.ts';

/** `person`: from the person's own link template. Such a URL may lead to their own network, and need not be encrypted. */
export type UrlOrigin = 'app' | 'person';

export type UrlRefusal =
  | 'too-long'
  | 'unusual-characters'
  | 'no-url'
  | 'other-scheme'
  | 'not-encrypted'
  | 'user-name'
  | 'local-network';

export type CheckedUrl =
  | {
      readonly status: 'ok';
      /** In ASCII, as the browser spells it. */
      readonly url: string;
      /** In ASCII, with an unusual port: letters of another script look alike, their ASCII names do not. */
      readonly host: string;
      readonly encrypted: boolean;
    }
  | { readonly status: 'refused'; readonly why: UrlRefusal };

/** In UTF-16 units. */
const longest = 2048;

/** A URL parser drops or mends white space, control characters and backslashes, so that the text is not what it seems to be. */
const unusual = /[\p{C}\p{Z}\\]/u;

/** Names that no public name server has. */
const localNames =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)\.?$/;

const refused = (why: UrlRefusal): CheckedUrl => ({ status: 'refused', why });

/** The guard in front of everything that is opened outside of the app (E8). Never throws. */
export const checkedUrl = (text: string, from: UrlOrigin): CheckedUrl => {
  if (text.length > longest) return refused('too-long');
  if (unusual.test(text)) return refused('unusual-characters');
  if (!URL.canParse(text)) return refused('no-url');
  const { href, protocol, username, password, host, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return refused('other-scheme');
  // The parser would also read `https:name` and `https:/name`.
  if (!/^https?:\/\/[^/]/i.test(text)) return refused('no-url');
  if (protocol === 'http:' && from === 'app') return refused('not-encrypted');
  if (username !== '' || password !== '' || /^https?:\/\/[^/?#]*@/i.test(text))
    return refused('user-name');
  if (from === 'app' && !isPublicName(hostname)) return refused('local-network');
  if (href.length > longest) return refused('too-long');
  return { status: 'ok', url: href, host, encrypted: protocol === 'https:' };
};

/** Whether a host is a name of the public internet. An address is none: no place of ours is at one. */
const isPublicName = (host: string): boolean =>
  host.includes('.') &&
  !localNames.test(host) &&
  !host.startsWith('[') &&
  plainAddress(host) === null;
