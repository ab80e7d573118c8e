import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderLine } from '../../../electron/delivery.ts';

export type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
};

/** A local server that remembers what it was asked, in order, and echoes each body. */
export const openUpstream = async () => {
  const asked: Asked[] = [];
  const answering = { as: (_asked: Asked): 'delivery' | 'probe' => 'delivery' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = '', url = '', rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, at): HeaderLine[] =>
      at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
    );
    const one = { method, url, headers, body };
    if (answering.as(one) === 'delivery') asked.push(one);
    response.setHeader('ngrok-error-code', 'forged');
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    /** Deliveries only. */
    asked,
    /** Told of every request, to say which are probes. */
    answering,
    port,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
