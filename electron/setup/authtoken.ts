import * as z from 'zod/mini';
import type { TunnelSettings } from './settings.ts';
import type { Vault, VaultRead } from './vault.ts';

/** The vault's id for ngrok's authtoken. No source can have it: source ids hold no colon. */
export const authtokenId = 'tunnel:ngrok';

const BoundAuthtoken = z.object({
  authtoken: z.string(),
  serverAddress: z.nullable(z.string()),
  rootCa: z.nullable(z.string()),
});
type BoundAuthtoken = z.infer<typeof BoundAuthtoken>;

/** What the authtoken is shown to: a server, and the CA that vouches for it. Null: ngrok's own. */
export type Destination = Pick<BoundAuthtoken, 'serverAddress' | 'rootCa'>;

/** `elsewhere`: it was entered for another server or CA, and has to be entered again for this one (E7). */
export type AuthtokenRead = VaultRead | { readonly status: 'elsewhere' };

/** The authtoken with the destination it was entered for, as far as it can be read now. An older Hookbell kept it alone. */
const bound = (value: string): BoundAuthtoken => {
  try {
    return BoundAuthtoken.parse(JSON.parse(value));
  } catch {
    return { authtoken: value, serverAddress: null, rootCa: null };
  }
};

/** The stored authtoken whatever it was entered for, to be masked; null while there is none that can be read. */
export const anyAuthtoken = (vault: Pick<Vault, 'read'>): string | null => {
  const read = vault.read(authtokenId);
  return read.status === 'open' ? bound(read.value).authtoken : null;
};

/** The stored authtoken, given out only for the destination it was entered for. */
export const authtokenFor = (
  vault: Pick<Vault, 'read'>,
  { serverAddress, rootCa }: Destination,
): AuthtokenRead => {
  const read = vault.read(authtokenId);
  if (read.status !== 'open') return read;
  const stored = bound(read.value);
  return stored.serverAddress === serverAddress && stored.rootCa === rootCa
    ? { status: 'open', value: stored.authtoken }
    : { status: 'elsewhere' };
};

/** As `authtokenFor`; `none` where the way in is not ngrok's. */
export const authtokenOf = (vault: Pick<Vault, 'read'>, tunnel: TunnelSettings): AuthtokenRead =>
  tunnel.kind === 'ngrok' ? authtokenFor(vault, tunnel) : { status: 'none' };

/** An authtoken as it is kept, with the destination it was entered for. */
export const boundAuthtoken = (
  authtoken: string,
  { serverAddress, rootCa }: Destination,
): string => {
  const stored: BoundAuthtoken = { authtoken, serverAddress, rootCa };
  return JSON.stringify(stored);
};

/** Keeps an authtoken that was entered for a destination. Rejects, changing nothing, when keyring or disk refuse. */
export const keepAuthtoken = (
  vault: Pick<Vault, 'put'>,
  authtoken: string,
  destination: Destination,
): Promise<void> => vault.put(authtokenId, boundAuthtoken(authtoken, destination));
