import { plainHost } from './hosts.ts';
import type { SettingsStore } from './setup/settings.ts';

/** A name in Host that is none of ours, under which something was posted to a source's endpoint. */
export type OtherHost = {
  readonly host: string;
  readonly sourceId: string;
  /** Epoch ms. */
  readonly since: number;
};

export type OtherHosts = ReturnType<typeof createOtherHosts>;

/** Whoever knows a URL can send any name: only the newest are told of. */
const mostTold = 3;
const mostAccepted = 8;

export type OtherHostsOptions = {
  readonly settings: SettingsStore;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onChange: () => void;
};

/** The other names under which deliveries come, until the person accepts or dismisses them (5.2, step 2). */
export const createOtherHosts = ({ settings, now, onChange }: OtherHostsOptions) => {
  let told: readonly OtherHost[] = [];
  const remove = (gone: (host: string) => boolean): void => {
    told = told.filter(({ host }) => !gone(host));
    onChange();
  };

  return {
    seen: (given: string, sourceId: string): void => {
      const host = plainHost(given);
      if (host === null || told.some((other) => other.host === host)) return;
      told = [...told, { host, sourceId, since: now() }].slice(-mostTold);
      onChange();
    },
    list: () => told,
    /** From now on requests under this name are for us. Of more than eight the oldest is given up. Throws when it cannot be saved. */
    accept: (host: string): void => {
      const { receiver } = settings.current;
      const others = receiver.hosts.filter((accepted) => accepted !== host);
      settings.change({ receiver: { ...receiver, hosts: [...others, host].slice(-mostAccepted) } });
      remove((name) => name === host);
    },
    /** The person has read of all of them. */
    dismiss: (): void => remove(() => true),
  };
};
