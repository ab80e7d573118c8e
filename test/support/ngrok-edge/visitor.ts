import { type OutgoingHttpHeaders, request } from 'node:http';

export type Visit = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
};

export type VisitorAnswer = {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, or why there was no answer. */
  readonly text: string;
};

/** One request from the internet. Never rejects: a request that fails has status 0. */
export const visit = (
  port: number,
  { path, method = 'POST', headers = {}, body = '', timeoutMs = 30_000 }: Visit,
): Promise<VisitorAnswer> =>
  new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, headers: {}, text: error.message });
    const sending = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sending.setTimeout(timeoutMs, () => sending.destroy(new Error(`silent for ${timeoutMs} ms`)));
    sending.on('error', failed);
    sending.end(body);
  });
