import { plainHost } from '../hosts.ts';
import type { SettingsStore } from '../setup/settings.ts';

/** A foreign name in the Host header of a post to a source's endpoint. */
export type OtherHost = {
  readonly host: string;
  readonly sourceId: string;
  /** Epoch ms. */
  readonly since: number;
};

export type OtherHosts = {
  readonly seen: (given: string, sourceId: string) => void;
  readonly list: () => readonly OtherHost[];
  /** From now on requests under this name are ours. Throws when that cannot be saved. */
  readonly accept: (host: string) => void;
};

/** A sender that knows a URL can send any name: only the newest are listed. */
const mostListed = 3;
const mostAccepted = 8;

export type OtherHostsOptions = {
  readonly settings: SettingsStore;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onChange: () => void;
  /** Listed before this start. */
  readonly known?: readonly OtherHost[];
};

/** Foreign host names under which deliveries come, until a person accepts them (R5.2). */
export const createOtherHosts = ({
  settings,
  now,
  onChange,
  known = [],
}: OtherHostsOptions): OtherHosts => {
  let listed: readonly OtherHost[] = known
    .slice(-mostListed)
    .map(({ host, sourceId, since }) => ({ host, sourceId, since }));
  return {
    seen: (given, sourceId) => {
      const host = plainHost(given);
      if (host === null || listed.some((other) => other.host === host)) return;
      listed = [...listed, { host, sourceId, since: now() }].slice(-mostListed);
      onChange();
    },
    list: () => listed,
    accept: (host) => {
      const { receiver } = settings.current;
      const others = receiver.hosts.filter((accepted) => accepted !== host);
      settings.change({ receiver: { ...receiver, hosts: [...others, host].slice(-mostAccepted) } });
      listed = listed.filter((other) => other.host !== host);
      onChange();
    },
  };
};
