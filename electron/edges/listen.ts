import { get, type Server } from 'node:http';

/** The port on which a server listens now; `failure` where it could not, with the last port that was tried. */
export type ListenResult = {
  readonly port: number;
  readonly failure: NodeJS.ErrnoException | null;
};

/** Listens on loopback at the first free port of a range. Never rejects. */
export const listenWithin = async (
  server: Server,
  first: number,
  last: number,
): Promise<ListenResult> => {
  let port = first;
  let failure = await listenOn(server, port);
  while (failure && port < last) {
    port += 1;
    failure = await listenOn(server, port);
  }
  return { port, failure };
};

const listenOn = (server: Server, port: number): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error);
    server.once('error', failed);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', failed);
      resolve(null);
    });
  });

const drainMs = 5000;

/** Lets answers finish for at most 5 s, then closes all connections. */
export const drainServer = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closingIdle = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(closingIdle);
  clearTimeout(deadline);
};

const checkMs = 30_000;
const checkPatienceMs = 5000;
const mostFailures = 2;

/** Asks our own server for its health every 30 s. Calls `onUnhealthy` once, after two failures in a row. Returns its cancel. */
export const watchHealth = (port: number, onUnhealthy: () => void): (() => void) => {
  let failures = 0;
  let isCancelled = false;
  let timer: NodeJS.Timeout | undefined;

  const check = async (): Promise<void> => {
    const isWell = await isHealthy(port);
    if (isCancelled) return;
    failures = isWell ? 0 : failures + 1;
    if (failures < mostFailures) checkLater();
    else onUnhealthy();
  };
  const checkLater = (): void => {
    timer = setTimeout(() => void check(), checkMs);
    timer.unref();
  };

  checkLater();
  return () => {
    isCancelled = true;
    clearTimeout(timer);
  };
};

const isHealthy = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = get(
      { host: '127.0.0.1', port, path: '/healthz', agent: false, timeout: checkPatienceMs },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
  });
