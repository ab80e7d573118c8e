import type { Pipe } from '../../shared/pipe.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import type { HeaderLine } from '../delivery.ts';
import { watchClock } from './clock-watch.ts';
import type { DialOptions } from './messages.ts';
import { createOwnUrlProof } from './own-url-proof.ts';
import type { ReconnectReason } from './phase.ts';
import { trafficPolicy } from './policy.ts';
import { createProbe, type Probe, type ProbeEdges, type ProbeState } from './probe.ts';
import { createProof, type Passage, type TunnelProof } from './proof.ts';
import { ownUrlStatus, probedStatus } from './status.ts';
import { createSupervisor, type Supervisor, type SupervisorEdges } from './supervisor.ts';

export type TunnelEdges = Omit<ProbeEdges, 'onChange'> &
  Pick<SupervisorEdges, 'agent' | 'steady' | 'log' | 'onChange'>;

/** What leads to our server at a local port. Without an authtoken, ngrok is not opened. */
export type TunnelTarget = {
  readonly settings: TunnelSettings;
  readonly authtoken: string | null;
  readonly port: number;
};

export type Tunnel = {
  /** How the public URL does; null while nothing is to be opened. */
  readonly status: () => Pipe | null;
  /** Opens, moves or closes the public URL; null while our server does not listen. Idempotent. */
  readonly configure: (target: TunnelTarget | null) => void;
  readonly reconnect: (reason: ReconnectReason) => void;
  /** A delivery was accepted under this Host, see `OwnUrlProof`. */
  readonly delivered: (host: string) => void;
  readonly passageOf: (headers: readonly HeaderLine[]) => Passage;
  readonly withoutProof: TunnelProof['withoutProof'];
  /** Takes a request that is our own probe, to be answered 200; true once for each probe. */
  readonly takeProbe: (path: string, passage: Passage) => boolean;
  /** Takes the endpoint offline, within 1.5 s. */
  readonly close: () => Promise<void>;
};

/** Opens the public URL, marks requests that come through it, and probes that it works. */
export const createTunnel = (edges: TunnelEdges): Tunnel => {
  const proof = createProof(edges.token());
  const ownUrlProof = createOwnUrlProof(edges.now);
  let target: TunnelTarget | null = null;
  const tellChange = onlyChanges(edges.onChange);

  const ownUrl = (): string | null => target && ownUrlOf(target);

  const status = (): Pipe | null =>
    target && statusOf(target, supervisor.status(), probe.state(), ownUrlProof.provenAt());

  const tell = (): void => tellChange(status());

  const supervisor = createSupervisor({
    ...edges,
    onChange: (connection) => {
      if (ownUrl() === null) probeConnection(probe, connection, supervisor.connectedSince());
      tell();
    },
  });
  const probe = createProbe({
    ...edges,
    onChange: (found) => {
      tellSupervisor(supervisor, found, edges.now());
      tell();
    },
  });
  const reconnect = (reason: ReconnectReason): void => {
    supervisor.reconnect(reason);
    probe.checkSoon(afterLossMs);
  };
  const stopWatching = watchClock({ ...edges, onJump: () => reconnect('clock-jumped') });

  return {
    status,
    reconnect,
    configure: (next) => {
      if (JSON.stringify(next?.settings) !== JSON.stringify(target?.settings)) ownUrlProof.forget();
      target = next;
      const options = next && dialOptionsFor(next, proof);
      supervisor.configure(options);
      if (options === null) probe.aim(ownUrl());
      tell();
    },
    delivered: (host) => {
      const url = ownUrl();
      if (url !== null && ownUrlProof.delivered(host, url)) tell();
    },
    passageOf: proof.passageOf,
    withoutProof: proof.withoutProof,
    takeProbe: (path, passage) =>
      (ownUrl() !== null || passage.status === 'ours') && probe.take(path),
    close: async () => {
      stopWatching();
      probe.aim(null);
      await supervisor.close();
    },
  };
};

/** The SDK often reconnects within a few tenths of a second; until then ngrok answers "offline". */
const afterLossMs = 500;
/** How long ngrok may answer "offline" before we believe it. */
const believeOfflineMs = { broken: 1500, new: 10_000 } as const;

/** Calls `onChange` unless the status is the one of the last time. */
const onlyChanges = (onChange: TunnelEdges['onChange']): TunnelEdges['onChange'] => {
  let told = '';
  return (status) => {
    const mark = JSON.stringify(status);
    if (mark === told) return;
    told = mark;
    onChange(status);
  };
};

const ownUrlOf = ({ settings }: TunnelTarget): string | null =>
  settings.kind === 'custom' ? settings.publicUrl : null;

const statusOf = (
  target: TunnelTarget,
  connection: Pipe | null,
  probe: ProbeState,
  provenAt: number | null,
): Pipe | null => {
  const url = ownUrlOf(target);
  return url === null
    ? probedStatus(connection, probe, target.port)
    : ownUrlStatus(url, target.port, probe, provenAt);
};

const dialOptionsFor = (
  { settings, authtoken, port }: TunnelTarget,
  proof: TunnelProof,
): DialOptions | null =>
  settings.kind === 'ngrok' && authtoken !== null
    ? {
        authtoken,
        domain: settings.domain,
        serverAddress: settings.serverAddress,
        rootCa: settings.rootCa,
        port,
        requestHeaders: proof.requestHeaders,
        trafficPolicy: settings.closedAtEdge ? trafficPolicy : null,
      }
    : null;

/** Every change of the connection asks for a probe, unless a probe caused it. */
const probeConnection = (
  probe: Probe,
  connection: Pipe | null,
  connectedSince: number | null,
): void => {
  if (connection?.status === 'degraded') {
    probe.checkSoon(afterLossMs);
    return;
  }
  const url = connection?.status === 'connecting' ? connection.url : null;
  if (probe.aim(url) || url === null) return;
  const seen = probe.state();
  const isJustSeen = seen.status === 'receiving' && seen.checkedAt >= (connectedSince ?? 0) - 1000;
  if (!isJustSeen) probe.checkSoon();
};

/** A probe that came back proves the connection; ngrok's answer "offline" disproves it, in time. */
const tellSupervisor = (supervisor: Supervisor, found: ProbeState, now: number): void => {
  if (found.status === 'receiving') supervisor.probed('proven');
  const since = supervisor.connectedSince();
  if (since === null || found.status !== 'failing') return;
  const isBroken = supervisor.status()?.status === 'degraded';
  const patience = isBroken ? believeOfflineMs.broken : believeOfflineMs.new;
  if (found.fault.problem?.code === 'endpoint-offline' && now - since >= patience)
    supervisor.probed('disproven');
};
