import { keepSending } from './connection.ts';
import { makers, type ProviderId, type Sources } from './deliveries.ts';

/** Makes the requests beforehand: signing while sending would slow the sender down. */
export type Prepare = {
  readonly what: 'prepare';
  readonly port: number;
  readonly provider: ProviderId;
  readonly sources: Sources;
  readonly requests: number;
};

/** Sends over all connections for `ms`. When all requests are sent it ends early, or begins again where `again` says so. */
export type Run = {
  readonly what: 'run';
  readonly connections: number;
  readonly ms: number;
  readonly most: number;
  readonly again: boolean;
  /** Begins with the first request again, for a server that has seen none. */
  readonly fromStart: boolean;
};

/** Latencies are from the first byte sent to the last byte received, in ms. */
export type Measured = {
  readonly acks: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** What the sender itself used. */
  readonly cpuMicros: number;
};

let requests: Uint8Array[] = [];
let at = 0;

const prepare = ({ port, provider, sources, requests: count }: Prepare): void => {
  requests = Array.from({ length: count }, () => {
    const { path, headers = {}, body } = makers[provider](sources[provider]);
    const lines = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'User-Agent: hookbell-bench',
      'Accept: */*',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${body.length}`,
    ];
    return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
};

const run = ({ connections, ms, most, again, fromStart }: Run, port: number): Promise<Measured> =>
  new Promise((resolve, reject) => {
    if (fromStart) at = 0;
    const latencies: number[] = [];
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    let open = connections;
    let sent = 0;

    const next = () => {
      if (performance.now() - startedAt >= ms || sent === most) return null;
      sent += 1;
      if (again && at === requests.length) at = 0;
      return requests[at++] ?? null;
    };
    const ended = () => {
      open -= 1;
      if (open > 0) return;
      const seconds = (performance.now() - startedAt) / 1000;
      const sorted = Float64Array.from(latencies).sort();
      const quantile = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
      const { user, system } = process.cpuUsage(cpuBefore);
      resolve({
        acks: sorted.length,
        seconds,
        p50: quantile(0.5),
        p99: quantile(0.99),
        cpuMicros: user + system,
      });
    };
    for (let count = 0; count < connections; count += 1) {
      keepSending(port, {
        next,
        answered: (took) => latencies.push(took),
        ended,
        failed: (problem) => reject(new Error(problem)),
      });
    }
  });

let port = 0;
process.on('message', async (message: Prepare | Run) => {
  if (message.what === 'prepare') {
    port = message.port;
    prepare(message);
    process.send?.('prepared');
  } else {
    process.send?.(await run(message, port));
  }
});
process.once('disconnect', () => process.exit());
