import type { Later } from '../later.ts';

const everyMs = 3000;

export type NetworkWatchEdges = {
  readonly later: Later;
  /** The addresses this computer has on its networks. */
  readonly addresses: () => readonly string[];
  /** `lost`: one is gone, and the connections that used it are dead without knowing it. */
  readonly onChange: (what: 'lost' | 'gained') => void;
};

/** Notices that the computer moved to another network. Gives back how to stop watching. */
export const watchNetwork = ({ later, addresses, onChange }: NetworkWatchEdges): (() => void) => {
  let known = new Set(addresses());
  let callOff = () => {};
  const look = (): void => {
    const current = new Set(addresses());
    const isLost = [...known].some((address) => !current.has(address));
    const isGained = [...current].some((address) => !known.has(address));
    known = current;
    callOff = later(everyMs, look);
    if (isLost) onChange('lost');
    else if (isGained) onChange('gained');
  };
  callOff = later(everyMs, look);
  return () => callOff();
};
