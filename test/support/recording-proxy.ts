import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that records every request of a program and lets none through. */
export const openRecordingProxy = async (): Promise<
  Disposable & {
    /** `GET http://…` and `CONNECT host:port`, in order. */
    readonly asked: readonly string[];
    /** Switches for Chromium that send even requests to loopback through the proxy. */
    readonly switches: readonly string[];
  }
> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = portOf(server.address());
  return {
    asked,
    switches: [`--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const portOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return address;
};
