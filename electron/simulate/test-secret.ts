import { providers } from '../providers/index.ts';
import type { Credentials } from '../providers/provider.ts';
import type { StoredSource } from '../setup/settings.ts';

/**
 * The credentials that a test of a source is signed and verified with. Where the provider signs and the source has no secret yet, that is
 * the test secret, which is made at each start and never leaves this process.
 */
export const testCredentials = (
  source: StoredSource,
  credentials: Credentials,
  testSecret: string,
): Credentials => {
  const isSigned = providers.get(source.provider)?.info.secret === 'required';
  return isSigned && credentials.secrets.length === 0
    ? { ...credentials, secrets: [testSecret] }
    : credentials;
};
