import { request } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Repeatable } from '../replay/curl.ts';
import { isLocalName, loopbackUrl } from '../replay/loopback-url.ts';

export type LoopbackAnswer = {
  readonly status: number;
  /** Its beginning, at most 64 KiB. */
  readonly text: string;
  /** How long the answer took. */
  readonly ms: number;
};

const timeoutMs = 10_000;
const mostRead = 64 * 1024;

/**
 * Posts to a server on this computer, with these headers and those that HTTP itself needs. No redirect is followed, and no resolver or
 * proxy is asked. Rejects where nothing answers within 10 s.
 */
export const postToLoopback = ({ url, headers, body }: Repeatable): Promise<LoopbackAnswer> =>
  new Promise((resolve, reject) => {
    const checked = loopbackUrl(url);
    if (checked.status === 'refused') throw new Error(checked.message);
    const { hostname, pathname, search } = new URL(checked.url);
    const begunAt = performance.now();
    const sending = request(
      {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: checked.port,
        method: 'POST',
        path: `${pathname}${search}`,
        agent: false,
        ...(isLocalName(hostname) ? { lookup: toLoopback } : {}),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const end = () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            ms: Math.round(performance.now() - begunAt),
          });
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (bytes <= mostRead) chunks.push(chunk);
          else {
            end();
            sending.destroy();
          }
        });
        response.on('end', end);
        response.on('error', reject);
      },
    );
    const patience = setTimeout(
      () => sending.destroy(new Error('no answer within 10 s')),
      timeoutMs,
    );
    sending.on('close', () => clearTimeout(patience));
    sending.on('error', reject);
    for (const [name, value] of headers) sending.appendHeader(name, value);
    sending.setHeader('content-length', body.byteLength);
    sending.end(body);
  });

const toLoopback: LookupFunction = (_name, { all }, done) =>
  all
    ? done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
    : done(null, '127.0.0.1', 4);
