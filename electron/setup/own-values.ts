import type { OwnValues } from '../masking.ts';
import { anyAuthtoken } from './authtoken.ts';
import { openSettings } from './settings.ts';
import { createSources, type Sources } from './sources.ts';
import { openVault, type Vault, type VaultOptions } from './vault.ts';

/** Everything that nobody may see, as far as it can be read now. */
export const ownValues = (sources: Pick<Sources, 'ownValues'>, vault: Vault): OwnValues => {
  const { values, tokenHashes } = sources.ownValues();
  const authtoken = anyAuthtoken(vault);
  return { values: authtoken === null ? values : [...values, authtoken], tokenHashes };
};

/** Reads them for a task that needs nothing else, see `openVault`. What a silent keyring protects is missing after 3 s. */
export const readOwnValues = async (
  options: Omit<VaultOptions, 'onOpenedLate'>,
): Promise<OwnValues> => {
  const vault = openVault({ ...options, onOpenedLate: () => {} });
  await vault.ask();
  return ownValues(createSources(openSettings(options.folder), vault), vault);
};
