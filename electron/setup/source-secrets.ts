import * as z from 'zod/mini';
import type { Vault } from './vault.ts';

const SourceSecrets = z.object({ token: z.string(), secrets: z.array(z.string()) });
/** The token of a source's URL and its secrets, the newest first. */
export type SourceSecrets = z.infer<typeof SourceSecrets>;

export type SecretStore = {
  /** Null while they cannot be read, or where there are none. */
  readonly of: (id: string) => SourceSecrets | null;
  readonly status: (id: string) => 'open' | 'locked' | 'none';
  /** As the vault's `put`. */
  readonly put: (id: string, secrets: SourceSecrets) => Promise<void>;
  /** As the vault's `give`. */
  readonly give: (id: string, secrets: SourceSecrets) => Promise<void>;
};

export const createSecretStore = (vault: Pick<Vault, 'read' | 'put' | 'give'>): SecretStore => {
  /** Every delivery reads them and they rarely change: parsed again only when the vault holds another text. */
  const parsed = new Map<
    string,
    { readonly from: string; readonly secrets: SourceSecrets | null }
  >();

  return {
    of: (id) => {
      const found = vault.read(id);
      if (found.status !== 'open') return null;
      const known = parsed.get(id);
      if (known?.from === found.value) return known.secrets;
      const secrets = secretsIn(found.value);
      parsed.set(id, { from: found.value, secrets });
      return secrets;
    },
    status: (id) => vault.read(id).status,
    put: (id, secrets) => vault.put(id, JSON.stringify(secrets)),
    give: (id, secrets) => vault.give(id, JSON.stringify(secrets)),
  };
};

const secretsIn = (text: string): SourceSecrets | null => {
  try {
    return SourceSecrets.parse(JSON.parse(text));
  } catch {
    return null;
  }
};
