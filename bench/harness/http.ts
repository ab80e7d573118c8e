import { type OutgoingHttpHeaders, request } from 'node:http';

export type Sent = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The `status` or `error` of a JSON answer; empty without one. */
  readonly said: string;
};

/** Sends one HTTP request to loopback, with these headers and those that HTTP itself needs. */
export const send = (
  port: number,
  { path, method = 'POST', headers = {}, body = '' }: Sent,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            said: saidIn(text),
          });
        });
        response.on('error', reject);
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });

const saidIn = (text: string): string => {
  if (text === '') return '';
  const { status, error } = JSON.parse(text);
  return String(status ?? error);
};
