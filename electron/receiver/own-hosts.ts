import type { OwnHosts } from '../hosts.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Listening } from './listening.ts';

export type OwnHostsOptions = {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly listening: () => Listening;
  readonly publicUrl: () => string | null;
};

export const ownHosts = ({ settings, listening, publicUrl }: OwnHostsOptions): OwnHosts => ({
  port: portOf(listening()),
  publicUrl: publicUrl(),
  accepted: settings.current.receiver.hosts,
});

/** The start of every endpoint URL: the public URL, or else the loopback address; null while there is neither. */
export const baseUrl = ({ listening, publicUrl }: Omit<OwnHostsOptions, 'settings'>) => {
  const port = portOf(listening());
  return publicUrl() ?? (port === null ? null : `http://127.0.0.1:${port}`);
};

const portOf = (listening: Listening): number | null =>
  listening.status === 'listening' ? listening.port : null;
