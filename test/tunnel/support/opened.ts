import { randomBytes } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { schedule } from '../../../electron/edges/clock.ts';
import { createTunnel } from '../../../electron/tunnel/tunnel.ts';
import type { Pipe } from '../../../shared/pipe.ts';
import type { NgrokSettings } from '../../../shared/tunnel.ts';
import { type EdgeOptions, openEdge } from '../../support/ngrok-edge/edge.ts';
import { forkedAgent } from './forked-agent.ts';
import { openUpstream } from './upstream.ts';

/** A whole tunnel in plain Node: the real SDK in processes of its own, the stand-in edge, and a local server behind it. */
export const openTunnel = async (agentFile: string, options: EdgeOptions = {}) => {
  const edge = await openEdge(options);
  const upstream = await openUpstream();
  const agent = forkedAgent(agentFile);
  const told: Pipe[] = [];
  const log: string[] = [];
  const listeners = new Set<() => void>();
  const tunnel = createTunnel({
    agent,
    schedule,
    now: Date.now,
    steady: () => performance.now(),
    chance: Math.random,
    token: () => randomBytes(32).toString('base64url'),
    fetch: async (url) => {
      const { pathname } = new URL(url);
      const { status, headers, text } = await edge.visit({ method: 'GET', path: pathname });
      const error = headers['ngrok-error-code'];
      return status === 0
        ? { kind: 'unreachable', text }
        : { kind: 'answered', status, ngrokError: error === undefined ? null : String(error) };
    },
    askReceiver: async () => true,
    onChange: (status) => {
      if (status) told.push(status);
      for (const listener of listeners) listener();
    },
    log: (line) => void log.push(line),
  });
  upstream.answering.as = ({ url, headers }) =>
    tunnel.takeProbe(url, tunnel.passageOf(headers)) ? 'probe' : 'delivery';

  const settings: NgrokSettings = {
    kind: 'ngrok',
    domain: null,
    serverAddress: edge.serverAddress,
    rootCa: edge.rootCa,
    closedAtEdge: false,
  };
  const open = (authtoken = edge.authtoken, changed: Partial<NgrokSettings> = {}) =>
    tunnel.configure({ settings: { ...settings, ...changed }, authtoken, port: upstream.port });
  const deliver = (id: string, timeoutMs = 5000) =>
    edge.visit({ path: '/hooks/x/y', body: id, timeoutMs });

  /** Settles as soon as the status is so. */
  const until = (holds: (pipe: Pipe) => boolean): Promise<Pipe> =>
    new Promise((resolve) => {
      const look = () => {
        const pipe = tunnel.status();
        if (!pipe || !holds(pipe)) return;
        listeners.delete(look);
        resolve(pipe);
      };
      listeners.add(look);
      look();
    });

  return {
    edge,
    upstream,
    tunnel,
    agent,
    told,
    log,
    open,
    deliver,

    until,
    /** Opens, and settles when deliveries get in. */
    receiving: async () => {
      open();
      await until(({ status }) => status === 'receiving');
    },

    /** Ms until a delivery gets its 200, trying all the time. */
    receivesAgain: async (): Promise<number> => {
      const startedAt = performance.now();
      for (;;) {
        const { status } = await deliver('again', 500);
        if (status === 200) return performance.now() - startedAt;
        await pass(20);
      }
    },

    [Symbol.asyncDispose]: async () => {
      await tunnel.close();
      for (const child of agent.children) child.kill('SIGKILL');
      await edge[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
};

export type Opened = Awaited<ReturnType<typeof openTunnel>>;
