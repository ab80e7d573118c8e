import type { Account, Refusal } from './account.ts';
import type { Line } from './line.ts';

/** Ends a fault. */
export type Mend = () => void | Promise<void>;

/** What can go wrong between an agent and ngrok; each fault that lasts gives back how to end it. */
export const createFaults = (account: Account, line: Line) => ({
  /** Every session ends; the way in stays open. */
  cut: (how: 'rst' | 'fin' | 'goaway'): void => {
    if (how === 'goaway') for (const session of account.sessions) session.goAway();
    else line.cut(how);
  },
  /** Every session ends, and the port is closed. */
  outage: async (): Promise<Mend> => {
    await line.takeDown();
    return line.bringUp;
  },
  /** New connections are hung up on. */
  hangUp: (): Mend => {
    line.hangUpOnNew(true);
    return () => line.hangUpOnNew(false);
  },
  /** Nothing gets through and nothing closes. When it ends, what was under way arrives, unless it is `lost`. */
  silence: ({ lost = false } = {}): Mend => {
    line.silence();
    return () => line.speak(lost);
  },
  refuseSessions: (code: number, text = 'refused'): Mend =>
    until(account.faults, 'auth', { code, text }),
  refuseEndpoints: (code: number, text = 'refused'): Mend =>
    until(account.faults, 'bind', { code, text }),
  /** The token is no longer good, and sessions that came in with it end. */
  revoke: (): Mend => {
    const mend = until(account.faults, 'auth', { code: 107, text: 'revoked' });
    line.cut('fin');
    return mend;
  },
  /** Somebody presses Stop in ngrok's dashboard. */
  stopEndpoints: account.stopEndpoints,
  /** From now on an endpoint stays online this long after its session was lost. */
  linger: (ms: number): Mend => {
    account.faults.lingerMs = ms;
    return () => {
      account.faults.lingerMs = 0;
    };
  },
});

const until = (faults: Account['faults'], what: 'auth' | 'bind', refusal: Refusal): Mend => {
  faults[what] = refusal;
  return () => {
    faults[what] = null;
  };
};
