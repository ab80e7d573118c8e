import type { ConditionCode, ConditionReason } from '../../shared/condition.ts';
import type { Mistake } from '../../shared/mistake.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import type { Cipher } from './keyring.ts';
import { type ProvisioningFile, provisionFrom } from './provisioning.ts';
import { openSettings, type SettingsStore } from './settings.ts';
import { createSources, type Sources } from './sources.ts';
import { areSettingsGone, openingProblems } from './store-problems.ts';
import { openVault, type Vault } from './vault.ts';

export type SetupOptions = {
  readonly folders: { readonly settings: Folder };
  readonly keyring: () => Promise<Cipher>;
  readonly onKeyringChange: (listener: () => void) => void;
  readonly provisioning: ProvisioningFile | null;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly note: (reason: ConditionReason) => void;
  readonly forget: (code: ConditionCode) => void;
  /** The secret under an id was locked, and can be read now. */
  readonly onOpenedLate: (id: string) => void;
};

export type Setup = {
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly sources: Sources;
  /** Settles when the secrets of the provisioning file are on disk, or could not be. Never rejects. */
  readonly secretsStored: Promise<void>;
  /** Notes lost settings: what is stored beside them shows that there were some (R13d). */
  readonly lookForLoss: (beside: { readonly entries: number; readonly rejected: number }) => void;
};

/** Opens settings and secrets, and sets up what a provisioning file says. Does not ask the keyring. */
export const openSetup = (options: SetupOptions): Setup => {
  const { folders, keyring, provisioning, schedule, now, log, note, forget } = options;
  const settings = openSettings(folders.settings);
  const vault = openVault({
    folder: folders.settings,
    askKeyring: keyring,
    schedule,
    report: log,
    onOpenedLate: options.onOpenedLate,
    onTrouble: (why) => (why ? note({ code: 'keyring-closed', why }) : forget('keyring-closed')),
  });
  options.onKeyringChange(vault.askAgain);
  for (const problem of openingProblems(settings.standing, vault.standing)) note(problem);
  const hadSecrets = vault.wasUsed;
  const sources = createSources(settings, vault);
  const provisioned = provisionFrom(provisioning, { settings, sources, vault, now: now() });
  const noteMistakes = (mistakes: readonly Mistake[]) => {
    if (mistakes.length > 0) note({ code: 'provisioning', mistakes: [...mistakes] });
  };
  noteMistakes(provisioned.mistakes);

  return {
    settings,
    vault,
    sources,
    secretsStored: provisioned.stored.then(noteMistakes),
    lookForLoss: (beside) => {
      const isGone = areSettingsGone(settings.standing, { secrets: hadSecrets, ...beside });
      if (isGone) settings.remember({ lost: true });
      if (settings.current.lost) note({ code: 'settings-restored', from: 'defaults' });
    },
  };
};
