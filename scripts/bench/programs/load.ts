import { keepSending } from './connection.ts';
import { type Endpoints, makers, type ProviderId } from './deliveries.ts';

/** Makes requests ready to be sent: signing them while sending would slow the sender down. */
export type Prepare = {
  readonly what: 'prepare';
  readonly port: number;
  readonly provider: ProviderId;
  readonly endpoints: Endpoints;
  readonly requests: number;
};

/** Sends from all connections for so long. Once all are sent it ends early, or begins again with the first. */
export type Run = {
  readonly what: 'run';
  readonly connections: number;
  readonly ms: number;
  /** How many requests at most. */
  readonly most: number;
  readonly again: boolean;
  /** Whether to begin with the first request prepared, as a server that has seen none may be sent. */
  readonly fromStart: boolean;
};

/** Latencies are from the first byte sent to the last byte received, in ms. */
export type Measured = {
  readonly acks: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** What sending took. */
  readonly cpuMicros: number;
};

let requests: Uint8Array[] = [];
let at = 0;

const prepare = ({ port, provider, endpoints, requests: count }: Prepare): void => {
  const { path, secret } = endpoints[provider];
  requests = Array.from({ length: count }, () => {
    const { headers, body } = makers[provider](secret);
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
        ...{ acks: sorted.length, seconds, p50: quantile(0.5), p99: quantile(0.99) },
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
