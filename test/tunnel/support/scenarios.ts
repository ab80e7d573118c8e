import { setTimeout as pass } from 'node:timers/promises';
import type { Pipe, ReasonCode } from '../../../shared/pipe.ts';
import type { Opened } from './opened.ts';

/** Something that goes wrong, from a tunnel that may be open or not, until it is right again. */
export type Scenario = {
  readonly name: string;
  /** What a person is told while it lasts. */
  readonly told: (pipe: Pipe) => boolean;
  /** Seconds that the fault lasts: in every test run, and as the issue asks for it. */
  readonly lasts: readonly [short: number, long: number];
  readonly healsWithinMs: number;
  /** Makes it go wrong; settles when the cause has ended. */
  readonly run: (opened: Opened, ms: number) => Promise<void>;
};

const doubted = ({ status }: Pipe) => status === 'degraded' || status === 'connecting';
const toldAs =
  (code: ReasonCode) =>
  (pipe: Pipe): boolean =>
    pipe.status === 'offline' && pipe.why.code === code;

const lasting =
  (begin: (opened: Opened) => (() => unknown) | Promise<() => unknown>): Scenario['run'] =>
  async (opened, ms) => {
    await opened.receiving();
    const mend = await begin(opened);
    await pass(ms);
    await mend();
  };

const atOnce =
  (happens: (opened: Opened) => void): Scenario['run'] =>
  async (opened) => {
    await opened.receiving();
    happens(opened);
    await opened.edge.until(() => !opened.edge.isOnline());
  };

const cutBy = (how: 'rst' | 'fin' | 'goaway'): Scenario => ({
  name: `cut by ${how.toUpperCase()}`,
  told: doubted,
  lasts: [0, 0],
  healsWithinMs: 2000,
  run: atOnce(({ edge }) => edge.faults.cut(how)),
});

const current = ({ agent }: Opened) => agent.children.at(-1);

export const scenarios: readonly Scenario[] = [
  cutBy('rst'),
  cutBy('fin'),
  cutBy('goaway'),
  {
    name: 'outage, port closed',
    told: doubted,
    lasts: [5, 15],
    healsWithinMs: 5000,
    run: lasting(({ edge }) => edge.faults.outage()),
  },
  {
    name: 'edge hangs up on everybody',
    told: doubted,
    lasts: [4, 15],
    healsWithinMs: 5000,
    run: lasting(({ edge }) => {
      const mend = edge.faults.hangUp();
      edge.faults.cut('fin');
      return mend;
    }),
  },
  {
    name: 'silence, then all arrives',
    told: doubted,
    lasts: [14, 60],
    healsWithinMs: 5000,
    run: lasting(({ edge }) => edge.faults.silence()),
  },
  {
    name: 'silence, all lost',
    told: doubted,
    lasts: [14, 60],
    healsWithinMs: 5000,
    run: lasting(({ edge }) => edge.faults.silence({ lost: true })),
  },
  {
    name: 'old connection dead, new ones fine',
    told: doubted,
    lasts: [0, 0],
    // Nobody tells: it takes a heartbeat's interval and tolerance to notice, and 2.5 s more to believe.
    healsWithinMs: 15_000,
    run: lasting(({ edge }) => edge.faults.silence({ lost: true })),
  },
  {
    name: 'token revoked on a live session',
    told: toldAs('token-refused'),
    lasts: [0, 0],
    healsWithinMs: 5000,
    run: async (opened) => {
      await opened.receiving();
      const mend = opened.edge.faults.revoke();
      await opened.until(toldAs('token-refused'));
      await mend();
      opened.tunnel.reconnect('asked');
    },
  },
  {
    name: 'wrong token, then the right one',
    told: toldAs('token-refused'),
    lasts: [0, 0],
    healsWithinMs: 5000,
    run: async (opened) => {
      opened.open('a'.repeat(40));
      await opened.until(toldAs('token-refused'));
      opened.open();
    },
  },
  {
    name: 'domain in use (334) until it is freed',
    told: doubted,
    lasts: [4, 15],
    healsWithinMs: 5000,
    run: lasting((opened) => {
      const mend = opened.edge.faults.refuseEndpoints(334);
      current(opened)?.kill('SIGKILL');
      return mend;
    }),
  },
  {
    name: 'session limit (108) until there is room',
    told: toldAs('too-many-sessions'),
    lasts: [4, 15],
    healsWithinMs: 5000,
    run: lasting((opened) => {
      const mend = opened.edge.faults.refuseSessions(108);
      current(opened)?.kill('SIGKILL');
      return mend;
    }),
  },
  {
    name: 'edge offline at start',
    told: ({ status }) => status === 'connecting',
    lasts: [4, 15],
    healsWithinMs: 5000,
    run: async (opened, ms) => {
      const mend = await opened.edge.faults.outage();
      opened.open();
      await pass(ms);
      await mend();
    },
  },
  {
    name: 'tunnel process killed',
    told: doubted,
    lasts: [0, 0],
    healsWithinMs: 5000,
    run: atOnce((opened) => void current(opened)?.kill('SIGKILL')),
  },
  {
    name: 'tunnel process stopped for a moment',
    told: () => true,
    lasts: [3, 10],
    healsWithinMs: 5000,
    run: lasting((opened) => {
      const child = current(opened);
      child?.kill('SIGSTOP');
      return () => child?.kill('SIGCONT');
    }),
  },
  {
    name: 'tunnel process stopped for good',
    told: doubted,
    lasts: [0, 0],
    healsWithinMs: 20_000,
    run: lasting((opened) => {
      current(opened)?.kill('SIGSTOP');
      return () => {};
    }),
  },
  {
    name: 'endpoint stopped in the dashboard',
    told: doubted,
    lasts: [0, 0],
    healsWithinMs: 5000,
    run: atOnce(({ edge }) => edge.faults.stopEndpoints()),
  },
];
