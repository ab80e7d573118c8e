import { createServer } from 'node:http';

export type Heard = {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

/** A server of the person's own on this computer, which answers everything alike. */
export const openOwnServer = async (
  status = 204,
  headers: Readonly<Record<string, string>> = {},
) => {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { rawHeaders, url = '' } = request;
      heard.push({
        path: url,
        headers: rawHeaders.flatMap((name, at) =>
          at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
        ),
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    heard,
    url: `http://localhost:${typeof address === 'object' ? address?.port : 0}/hooks`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
