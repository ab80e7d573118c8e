import type { Pipe } from '../../shared/pipe.ts';
import type { Machine, Phase } from './phase.ts';
import type { Fault, ProbeState } from './probe.ts';
import { shownAfterMs } from './retry.ts';
import { tunnelProblemWords } from './words.ts';

/**
 * The status of the connection to ngrok; null while none is wanted. With a `url` it stands, and the probe has to show whether
 * requests get through. `toEpoch` turns an instant of the steady clock into epoch ms.
 */
export const connectionStatus = (
  { options, phase, withoutConnectionSince, problem }: Machine,
  at: number,
  toEpoch: (at: number) => number,
): Pipe | null => {
  if (options === null) return null;
  switch (phase.name) {
    case 'off':
      return null;
    case 'bound':
      return { status: 'connecting', url: phase.url };
    case 'unstable':
      return {
        status: 'degraded',
        port: options.port,
        url: phase.url,
        since: toEpoch(phase.since),
        evidence: 'connection',
        why: tunnelProblemWords(phase.why),
      };
    case 'stopped':
    case 'backing-off':
    case 'dialing': {
      if (!problem || at - withoutConnectionSince < shownAfterMs(problem))
        return { status: 'connecting', url: null };
      const retryAt = retryAtOf(phase);
      return {
        status: 'offline',
        since: toEpoch(withoutConnectionSince),
        why: tunnelProblemWords(problem.code, problem.ngrok),
        retryAt: retryAt === null ? null : toEpoch(retryAt),
      };
    }
  }
};

const retryAtOf = (phase: Phase): number | null => {
  if (phase.name === 'backing-off') return phase.until;
  return phase.name === 'dialing' ? phase.startedAt : null;
};

/** The status with the probe's finding, which counts only while the connection stands. */
export const probedStatus = (
  connection: Pipe | null,
  probe: ProbeState,
  port: number,
): Pipe | null =>
  connection?.status === 'connecting' && connection.url !== null
    ? fromOutside(connection.url, port, probe, ngrokFaults)
    : connection;

/** The status of a URL of the person's own. A delivery after the probe began to fail proves the URL. */
export const ownUrlStatus = (
  url: string,
  port: number,
  probe: ProbeState,
  provenAt: number | null,
): Pipe | null => {
  if (probe.status === 'idle') return null;
  const isProven =
    probe.status === 'failing' &&
    (probe.fault.where === 'edge' || probe.fault.where === 'elsewhere') &&
    provenAt !== null &&
    provenAt >= probe.since;
  return isProven
    ? { status: 'receiving', port, url, checkedAt: provenAt, by: 'delivery' }
    : fromOutside(url, port, probe, ownUrlFaults);
};

const ngrokFaults = {
  receiver: 'receiver-silent',
  tunnel: 'tunnel-not-through',
  edge: 'public-url-unreachable',
  elsewhere: 'public-url-elsewhere',
} as const;
const ownUrlFaults = {
  ...ngrokFaults,
  edge: 'own-url-unreachable',
  elsewhere: 'own-url-elsewhere',
} as const;

const fromOutside = (
  url: string,
  port: number,
  probe: ProbeState,
  codes: typeof ngrokFaults | typeof ownUrlFaults,
): Pipe => {
  switch (probe.status) {
    case 'idle':
    case 'checking':
      return { status: 'connecting', url };
    case 'receiving':
      return { status: 'receiving', port, url, checkedAt: probe.checkedAt, by: 'probe' };
    case 'failing': {
      const { since, fault } = probe;
      const why = reasonOf(fault, codes);
      return { status: 'degraded', port, url, since, evidence: 'probe', why };
    }
  }
};

const reasonOf = ({ where, problem }: Fault, codes: typeof ngrokFaults | typeof ownUrlFaults) =>
  problem ? tunnelProblemWords(problem.code, problem.ngrok) : tunnelProblemWords(codes[where]);
