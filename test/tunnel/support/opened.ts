import { randomBytes } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { createTunnel, type Wanted, type WayIn } from '../../../electron/tunnel/tunnel.ts';
import { type EdgeOptions, openEdge } from '../../support/ngrok-edge/edge.ts';
import { forkedAgent } from './forked-agent.ts';
import { openUpstream } from './upstream.ts';

/** A whole tunnel in plain Node: the real SDK in processes of its own, the stand-in edge, and a local server behind it. */
export const openTunnel = async (agentFile: string, options: EdgeOptions = {}) => {
  const edge = await openEdge(options);
  const upstream = await openUpstream();
  const agent = forkedAgent(agentFile);
  const told: WayIn[] = [];
  const log: string[] = [];
  const listeners = new Set<() => void>();
  const tunnel = createTunnel({
    agent,
    later: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
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
    onChange: (wayIn) => {
      told.push(wayIn);
      for (const listener of listeners) listener();
    },
    log: (line) => void log.push(line),
  });
  upstream.answering.as = ({ url, headers }) =>
    tunnel.isProbe(url, tunnel.passageOf(headers)) ? 'probe' : 'delivery';

  const wanted: Wanted = {
    kind: 'ngrok',
    authtoken: edge.authtoken,
    domain: null,
    serverAddress: edge.serverAddress,
    rootCa: edge.rootCa,
    closedAtEdge: false,
  };
  const deliver = (id: string, timeoutMs = 5000) =>
    edge.visit({ path: '/hooks/x/y', body: id, timeoutMs });

  /** Settles as soon as the way in is so. */
  const until = (holds: (wayIn: WayIn) => boolean): Promise<WayIn> =>
    new Promise((resolve) => {
      const look = () => {
        const wayIn = tunnel.wayIn();
        if (!holds(wayIn)) return;
        listeners.delete(look);
        resolve(wayIn);
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
    open: (changed: Partial<Extract<Wanted, { kind: 'ngrok' }>> = {}) =>
      tunnel.configure({ ...wanted, ...changed }, upstream.port),
    deliver,

    until,
    /** Opens, and settles when deliveries get in. */
    receiving: async () => {
      tunnel.configure(wanted, upstream.port);
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
