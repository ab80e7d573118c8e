import { sameBytes, sha256 } from '../verdict.ts';
import type { StoredSource } from './settings.ts';

/** A path that belongs to a source: through its current token, or through a replaced one that works `until` (epoch ms). */
export type Endpoint = {
  readonly source: StoredSource;
  readonly until: number | null;
};

/** A token is at least 22 characters of the URL-safe alphabet: 128 bits of randomness. */
export const tokenPattern = /^[A-Za-z0-9_-]{22,256}$/;

/** How long a replaced URL still works. */
export const graceMs = 7 * 24 * 60 * 60 * 1000;

/** The hash that the settings hold in a token's place: SHA-256 in hex. */
export const hashOf = (token: string): string => sha256(token).toString('hex');

const providerPath = /^\/hooks\/([a-z0-9-]{1,40})(?:\/|$)/i;
/** One slash at the end and any letter case of the provider are the same endpoint (R5.2). */
const endpointPath = /^\/hooks\/([a-z0-9-]{1,40})\/([^/?#]{1,512})\/?$/i;

/** The endpoint at a path, at `now` (epoch ms). Every path costs the same time, which so tells nothing about the tokens (R5.2). */
export const endpointAt = (
  sources: readonly StoredSource[],
  path: string,
  now: number,
): Endpoint | null => {
  const [, provider = '', token = ''] = endpointPath.exec(path) ?? [];
  const given = sha256(token);
  let found: Endpoint | null = null;
  for (const source of sources) {
    const isProvider = source.provider === provider.toLowerCase();
    for (const { hash, until } of tokenHashes(source)) {
      const fits = sameBytes(given, hash) && isProvider;
      if (fits && until === null) found = { source, until };
      if (fits && until !== null && now < until) found ??= { source, until };
    }
  }
  return found;
};

/** The sources that a path without an endpoint may be meant for: those of the provider it names. */
export const sourcesMeantBy = (sources: readonly StoredSource[], path: string): StoredSource[] => {
  const [, named = ''] = providerPath.exec(path) ?? [];
  return sources.filter(({ provider }) => provider === named.toLowerCase());
};

/** The replaced tokens of a source that gets this one at `now` (epoch ms). */
export const retiredAfter = (
  { tokenHash: before, retired }: StoredSource,
  tokenHash: string,
  now: number,
): StoredSource['retired'] => {
  if (before === tokenHash) return retired;
  const all = [...retired, { hash: before, until: now + graceMs }];
  return all.filter(({ hash, until }) => until > now && hash !== tokenHash);
};

type TokenHash = { readonly hash: Buffer; readonly until: number | null };

/** A source that changes becomes another object, so its hashes are decoded once. */
const hashesOf = new WeakMap<StoredSource, readonly TokenHash[]>();

const tokenHashes = (source: StoredSource): readonly TokenHash[] => {
  const known = hashesOf.get(source);
  if (known) return known;
  const hashes = [
    { hash: Buffer.from(source.tokenHash, 'hex'), until: null },
    ...source.retired.map(({ hash, until }) => ({ hash: Buffer.from(hash, 'hex'), until })),
  ];
  hashesOf.set(source, hashes);
  return hashes;
};
