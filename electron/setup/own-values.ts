import type { OwnValues } from '../masking.ts';
import { anyAuthtoken } from './authtoken.ts';
import { openSettings } from './settings.ts';
import { createSources, type Sources } from './sources.ts';
import { openVault, type Vault, type VaultOptions } from './vault.ts';

export const ownValues = (sources: Pick<Sources, 'ownValues'>, vault: Vault): OwnValues => {
  const { values, tokenHashes } = sources.ownValues();
  const authtoken = anyAuthtoken(vault);
  return { values: authtoken === null ? values : [...values, authtoken], tokenHashes };
};

/** Reads the values to mask for a task that needs nothing else. Protected ones are missing while the keyring is silent for 3 s. */
export const readOwnValues = async (
  options: Omit<VaultOptions, 'onOpenedLate'>,
): Promise<OwnValues> => {
  const vault = openVault({ ...options, onOpenedLate: () => {} });
  await vault.ask();
  return ownValues(createSources(openSettings(options.folder), vault), vault);
};
