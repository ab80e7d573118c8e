import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { createAccount } from './account.ts';
import { makeCertificates } from './certificates.ts';
import { createFaults } from './faults.ts';
import { createInternet, sourceHeader } from './internet.ts';
import { openLine } from './line.ts';
import { serveAgent } from './session.ts';
import { type Visit, type VisitorAnswer, visit } from './visitor.ts';

export type EdgeOptions = {
  readonly authtoken?: string;
  /** The first is the dev domain, which an agent gets that asks for none. */
  readonly domains?: readonly string[];
  readonly mostSessions?: number;
  /** The public URL is then `http://127.0.0.1:…`, which any program of this machine reaches without a name server. */
  readonly reachable?: boolean;
};

/** A stand-in for ngrok's service on loopback that speaks the protocol of the real SDK. */
export const openEdge = async ({
  authtoken = '2standInAuthtoken_4tests0nly0000000000000000000000',
  domains = ['hookbell.ngrok-free.app'],
  mostSessions = 3,
  reachable = false,
}: EdgeOptions = {}) => {
  const { authority, certificate, key } = await makeCertificates();
  const folder = await mkdtemp(join(tmpdir(), 'hookbell-edge-'));
  const rootCa = join(folder, 'authority.pem');
  await writeFile(rootCa, authority);

  const account = createAccount({
    authtoken,
    domains,
    mostSessions,
    urlOf: (domain) => (reachable ? `http://127.0.0.1:${internetPort}` : `https://${domain}`),
  });
  const agents = createTlsServer({ key, cert: certificate, noDelay: true }, (wire) =>
    serveAgent(wire, account),
  );
  const internet = createInternet(account);
  const closing = [hangingUp(agents), hangingUp(internet)];
  const internetPort = await listen(internet);
  const line = await openLine(await listen(agents));

  return {
    authtoken,
    serverAddress: `127.0.0.1:${line.port}`,
    /** The file with the authority's certificate. */
    rootCa,
    internetPort,
    faults: createFaults(account, line),
    endpoints: account.endpoints,
    until: account.until,
    sessions: () => account.sessions.size,
    isOnline: () => account.endpoints().some(({ session }) => session !== null),
    /** One request from the internet to a public host, from an address of choice. */
    visit: ({
      from,
      host = domains[0],
      headers,
      ...rest
    }: Visit & { from?: string; host?: string }): Promise<VisitorAnswer> =>
      visit(internetPort, {
        ...rest,
        headers: {
          host: reachable ? `127.0.0.1:${internetPort}` : host,
          ...(from === undefined ? {} : { [sourceHeader]: from }),
          ...headers,
        },
      }),
    [Symbol.asyncDispose]: async () => {
      line.speak(true);
      await line.takeDown().catch(() => {});
      await Promise.all(closing.map((close) => close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export type Edge = Awaited<ReturnType<typeof openEdge>>;

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** How to close a server and every connection it has. */
const hangingUp = (server: Server) => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  return async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
};
