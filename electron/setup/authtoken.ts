import * as z from 'zod/mini';
import { NgrokSettings, type TunnelSettings } from '../../shared/tunnel.ts';
import type { Vault, VaultRead } from './vault.ts';

/** The vault's id for ngrok's authtoken. No source can have it: source ids hold no colon. */
export const authtokenId = 'tunnel:ngrok';

type Destination = Pick<NgrokSettings, 'serverAddress' | 'rootCa'>;

const BoundAuthtoken = z.extend(z.pick(NgrokSettings, { serverAddress: true, rootCa: true }), {
  authtoken: z.string(),
});
type BoundAuthtoken = z.infer<typeof BoundAuthtoken>;

/** `elsewhere`: the authtoken was entered for another server or CA, and has to be entered again for this one (E7). */
export type AuthtokenRead = VaultRead | { readonly status: 'elsewhere' };

/** The authtoken with the destination it was entered for. An older Hookbell stored it alone: it was for ngrok's own server. */
const bound = (value: string): BoundAuthtoken => {
  try {
    return BoundAuthtoken.parse(JSON.parse(value));
  } catch {
    return { authtoken: value, serverAddress: null, rootCa: null };
  }
};

/** The stored authtoken for any destination, to be masked; null while none can be read. */
export const anyAuthtoken = (vault: Pick<Vault, 'read'>): string | null => {
  const read = vault.read(authtokenId);
  return read.status === 'open' ? bound(read.value).authtoken : null;
};

/** The stored authtoken, but only for the destination it was entered for (E7). */
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

/** As `authtokenFor`; `none` where the public URL is not ngrok's. */
export const authtokenOf = (vault: Pick<Vault, 'read'>, tunnel: TunnelSettings): AuthtokenRead =>
  tunnel.kind === 'ngrok' ? authtokenFor(vault, tunnel) : { status: 'none' };

/** The text that the vault stores for an authtoken and its destination. */
export const boundAuthtoken = (
  authtoken: string,
  { serverAddress, rootCa }: Destination,
): string => {
  const stored: BoundAuthtoken = { authtoken, serverAddress, rootCa };
  return JSON.stringify(stored);
};

/** Stores an authtoken for a destination. Rejects, changing nothing, when keyring or disk refuse. */
export const keepAuthtoken = (
  vault: Pick<Vault, 'put'>,
  authtoken: string,
  destination: Destination,
): Promise<void> => vault.put(authtokenId, boundAuthtoken(authtoken, destination));
