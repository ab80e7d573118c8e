import type { Mistake, Problem } from '../../shared/problem.ts';
import type { Edges } from '../world.ts';
import { provisionFrom } from './provisioning.ts';
import { areSettingsGone, openingProblems } from './refusals.ts';
import { openSettings } from './settings.ts';
import { createSources } from './sources.ts';
import { openVault } from './vault.ts';

export type SetupOptions = Pick<
  Edges,
  'folders' | 'keyring' | 'onKeyringChange' | 'provisioning' | 'later' | 'now' | 'log'
> & {
  readonly note: (problem: Problem) => void;
  readonly forget: (code: Problem['code']) => void;
  /** What the keyring protects under an id can be read after all. */
  readonly onOpenedLate: (id: string) => void;
};

/** What the person set up, as it was found, with what a provisioning file says. The keyring is not asked yet. */
export const openSetup = (options: SetupOptions) => {
  const { folders, keyring, provisioning, later, now, log, note, forget, onOpenedLate } = options;
  const settings = openSettings(folders.settings);
  const vault = openVault({
    ...{ folder: folders.settings, askKeyring: keyring, later, report: log, onOpenedLate },
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
    /** Settles when the secrets of the provisioning file are on disk, or could not be. Never rejects. */
    secretsStored: provisioned.stored.then(noteMistakes),
    /** Says whether settings were lost, from what stands beside them (R13d). */
    lookForLoss: (beside: { readonly entries: number; readonly rejected: number }): void => {
      const isGone = areSettingsGone(settings.standing, { secrets: hadSecrets, ...beside });
      if (isGone) settings.remember({ lost: true });
      if (settings.current.lost) note({ code: 'settings-restored', from: 'defaults' });
    },
  };
};
