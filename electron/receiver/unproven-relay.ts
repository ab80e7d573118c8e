import type { SourceHealth } from '../insight/source-health.ts';
import type { SettingsStore } from '../setup/settings.ts';

/** Whether no signed delivery was accepted yet through a custom public URL, whose relay may rewrite bodies. */
export const isRelayUnproven = (
  settings: Pick<SettingsStore, 'current'>,
  sourceHealth: Pick<SourceHealth, 'provenHost'>,
): boolean => {
  const { tunnel } = settings.current;
  return tunnel.kind === 'custom' && new URL(tunnel.publicUrl).host !== sourceHealth.provenHost;
};
