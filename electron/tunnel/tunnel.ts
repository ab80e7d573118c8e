import * as z from 'zod/mini';
import type { HeaderLine } from '../delivery.ts';
import { isOwnHost } from '../hosts.ts';
import type { Later } from '../later.ts';
import { watchClock } from './clock-watch.ts';
import type { Poke } from './phase.ts';
import { trafficPolicy } from './policy.ts';
import { createProbe, Fault, type ProbeEdges, type ProbeState } from './probe.ts';
import { TunnelProblem } from './problem.ts';
import { createProof, type Passage } from './proof.ts';
import type { TunnelState } from './state.ts';
import { type Agent, createSupervisor } from './supervisor.ts';

/** The way in that a person chose. */
export type Wanted =
  | { readonly kind: 'none' }
  | { readonly kind: 'custom'; readonly publicUrl: string }
  | {
      readonly kind: 'ngrok';
      readonly authtoken: string;
      readonly domain: string | null;
      readonly serverAddress: string | null;
      readonly rootCa: string | null;
      /** ngrok itself turns away what is not for our endpoints. */
      readonly closedAtEdge: boolean;
    };

/** The way in as it is. Only `receiving` has been seen from outside. Instants are epoch ms. */
export const WayIn = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  /** `url` is known when the connection stands and is being checked. */
  z.object({ status: z.literal('connecting'), since: z.number(), url: z.nullable(z.string()) }),
  z.object({ status: z.literal('receiving'), url: z.string(), checkedAt: z.number() }),
  z.object({
    status: z.literal('degraded'),
    url: z.string(),
    since: z.number(),
    /** What is doubtful: the connection (broke or went quiet a moment ago), or what the probe found. */
    why: z.union([z.enum(['disconnected', 'silent']), Fault]),
  }),
  /** `retryAt` null: it waits for a person. */
  z.object({
    status: z.literal('offline'),
    since: z.number(),
    problem: TunnelProblem,
    retryAt: z.nullable(z.number()),
  }),
]);
export type WayIn = z.infer<typeof WayIn>;

export type TunnelEdges = Omit<ProbeEdges, 'onChange'> & {
  readonly agent: Agent;
  readonly later: Later;
  readonly onChange: (wayIn: WayIn) => void;
  readonly log: (line: string) => void;
};

/** The SDK reconnects within a few tenths of a second when it can; asked earlier the edge would still say "offline". */
const afterLossMs = 500;
/** So long the edge may say "offline" of a connection that broke, or of one that was just made, before we believe it. */
const believeOfflineMs = { degraded: 1500, online: 10_000 } as const;

/** A delivery is proof for so long, and news at most so often. */
const provenForMs = 24 * 60 * 60_000;
const provenOftenMs = 60_000;

/** The public way in: the connection, the proof that a request came through it, and the probe that it works. */
export const createTunnel = (edges: TunnelEdges) => {
  const { later, now, steady, token, onChange } = edges;
  const proof = createProof(token());
  let wanted: Wanted = { kind: 'none' };
  let told = '';
  /** When something believed came in under the public URL's own host; epoch ms. */
  let deliveredAt = Number.NEGATIVE_INFINITY;

  const supervisor = createSupervisor({
    ...edges,
    onChange: (state) => {
      follow(state);
      tell();
    },
  });
  const probe = createProbe({
    ...edges,
    onChange: (state) => {
      believe(state);
      tell();
    },
  });
  const stopWatching = watchClock({
    ...{ later, now, steady },
    onJump: () => poke('clock-jumped'),
  });

  /** Every change of the connection asks for a probe, but for the one that a probe has just brought about. */
  const follow = (connection: TunnelState): void => {
    switch (connection.status) {
      case 'online': {
        if (probe.aim(connection.url)) return;
        const seen = probe.state();
        const justSeen = seen.status === 'receiving' && seen.checkedAt >= connection.since - 1000;
        if (!justSeen) probe.checkSoon();
        return;
      }
      case 'degraded':
        probe.checkSoon(afterLossMs);
        return;
      case 'connecting':
      case 'failed':
        probe.aim(null);
        return;
      case 'off':
        if (wanted.kind !== 'custom') probe.aim(null);
    }
  };

  /** What the probe found is news for the supervisor too. */
  const believe = (found: ProbeState): void => {
    const connection = supervisor.state();
    if (found.status === 'receiving') supervisor.found('proven');
    if (connection.status !== 'online' && connection.status !== 'degraded') return;
    const offline = found.status === 'failing' && found.fault.problem?.code === 'endpoint-offline';
    if (offline && now() - connection.since >= believeOfflineMs[connection.status])
      supervisor.found('disproven');
  };

  const wayIn = (): WayIn =>
    wanted.kind === 'custom'
      ? throughCustomUrl(wanted.publicUrl, probe.state(), deliveredAt, now())
      : throughNgrok(supervisor.state(), probe.state());

  const tell = (): void => {
    const current = wayIn();
    const mark = JSON.stringify(current);
    if (mark === told) return;
    told = mark;
    onChange(current);
  };

  const poke = (why: Poke): void => {
    supervisor.poke(why);
    if (wanted.kind !== 'none') probe.checkSoon(afterLossMs);
  };

  return {
    wayIn,
    /** ngrok did not take the rule that closes its edge; the tunnel works without. */
    policyRefused: supervisor.policyRefused,

    /** Opens this way in to our server at a local port; null while it does not listen. The same again changes nothing. */
    configure: (next: Wanted, port: number | null): void => {
      if (JSON.stringify(next) !== JSON.stringify(wanted)) deliveredAt = Number.NEGATIVE_INFINITY;
      wanted = next;
      supervisor.configure(
        next.kind === 'ngrok' && port !== null
          ? {
              authtoken: next.authtoken,
              domain: next.domain,
              serverAddress: next.serverAddress,
              rootCa: next.rootCa,
              forwardTo: `http://127.0.0.1:${port}`,
              requestHeaders: proof.requestHeaders,
              trafficPolicy: next.closedAtEdge ? trafficPolicy : null,
            }
          : null,
      );
      if (next.kind === 'custom') probe.aim(port === null ? null : next.publicUrl);
      if (next.kind === 'none') probe.aim(null);
      tell();
    },

    /**
     * Something believed came in under this Host. Behind a router that does not lead its own public address back in, only that
     * proves a URL of the person's own: the probe from inside fails, or something else answers it.
     */
    delivered: (host: string): void => {
      if (wanted.kind !== 'custom' || now() - deliveredAt < provenOftenMs) return;
      if (!isOwnHost(host, { port: null, publicUrl: wanted.publicUrl, accepted: [] })) return;
      deliveredAt = now();
      tell();
    },

    /** The connection may be stale, or a person wants it tried again (`asked`). */
    poke,

    /** Whether a request came through our tunnel, and from where. */
    passageOf: (headers: readonly HeaderLine[]): Passage => proof.passageOf(headers),
    withoutProof: proof.withoutProof,

    /** Whether a request is our own probe coming back, which is then answered 200; each comes once. */
    isProbe: (path: string, passage: Passage): boolean =>
      (wanted.kind === 'custom' || passage.status === 'ours') && probe.arrives(path),

    /** Takes the endpoint offline; settles when its process is gone, within 1.5 s. */
    close: async (): Promise<void> => {
      stopWatching();
      probe.aim(null);
      await supervisor.close();
    },
  };
};

export type Tunnel = ReturnType<typeof createTunnel>;

const throughNgrok = (connection: TunnelState, probe: ProbeState): WayIn => {
  switch (connection.status) {
    case 'off':
      return { status: 'none' };
    case 'connecting':
      return { status: 'connecting', since: connection.since, url: null };
    case 'failed': {
      const { since, problem, retryAt } = connection;
      return { status: 'offline', since, problem, retryAt };
    }
    case 'degraded': {
      const { url, since, why } = connection;
      return { status: 'degraded', url, since, why };
    }
    case 'online':
      return seenFromOutside(connection.url, connection.since, probe);
  }
};

const throughCustomUrl = (
  url: string,
  probe: ProbeState,
  deliveredAt: number,
  now: number,
): WayIn => {
  if (probe.status === 'idle') return { status: 'none' };
  const isProven =
    probe.status === 'failing' &&
    (probe.fault.where === 'edge' || probe.fault.where === 'elsewhere') &&
    deliveredAt >= probe.since &&
    now - deliveredAt < provenForMs;
  return isProven
    ? { status: 'receiving', url, checkedAt: deliveredAt }
    : seenFromOutside(url, 0, probe);
};

const seenFromOutside = (url: string, since: number, probe: ProbeState): WayIn => {
  switch (probe.status) {
    case 'idle':
      return { status: 'connecting', since, url };
    case 'checking':
      return { status: 'connecting', since: probe.since, url };
    case 'receiving':
      return { status: 'receiving', url, checkedAt: probe.checkedAt };
    case 'failing':
      return { status: 'degraded', url, since: probe.since, why: probe.fault };
  }
};
