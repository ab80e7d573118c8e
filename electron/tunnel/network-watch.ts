import type { Schedule } from '../schedule.ts';

const everyMs = 3000;

export type NetworkWatchEdges = {
  readonly schedule: Schedule;
  readonly addresses: () => readonly string[];
  /** `lost`: an address is gone, and the connections that used it are dead without knowing it. */
  readonly onChange: (what: 'lost' | 'gained') => void;
};

/** Notices that the computer moved to another network. Returns how to stop watching. */
export const watchNetwork = ({
  schedule,
  addresses,
  onChange,
}: NetworkWatchEdges): (() => void) => {
  let known = new Set(addresses());
  let cancel = () => {};
  const look = (): void => {
    const current = new Set(addresses());
    const isLost = [...known].some((address) => !current.has(address));
    const isGained = [...current].some((address) => !known.has(address));
    known = current;
    cancel = schedule(everyMs, look);
    if (isLost) onChange('lost');
    else if (isGained) onChange('gained');
  };
  cancel = schedule(everyMs, look);
  return () => cancel();
};
