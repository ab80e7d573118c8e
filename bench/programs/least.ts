import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod/mini';
import { openFolder } from '../../electron/edges/folder.ts';
import { confStore } from '../harness/conf-store.ts';
import { pathOf, secretOf } from '../harness/deliveries.ts';
import { job, serve } from './serve.ts';

// The least code that stores what it acknowledges: signature, JSON, zod, group commit, and a sealed segment for every 256 records. It has
// no limits, no dedupe, no sentences, no checksums and no recovery, so the difference to Hookbell is what those cost. It is not tuned,
// and so is no upper bound.
const { sources, folder } = job();
const kryptosPath = pathOf(sources.kryptos);
const disk = openFolder(folder, confStore);
const journal = await disk.openAppender('journal');
const Body = z.looseObject({ event: z.optional(z.string()), type: z.optional(z.string()) });
const segmentRecords = 256;

type Waiting = { readonly line: string; readonly answer: () => void };
let waiting: Waiting[] = [];
let segment: string[] = [];
let segments = 0;
let isWriting = false;

async function keep(entry: Waiting): Promise<void> {
  waiting.push(entry);
  if (isWriting) return;
  isWriting = true;
  while (waiting.length > 0) {
    await setImmediate();
    const batch = waiting;
    waiting = [];
    await journal.append(Buffer.from(batch.map(({ line }) => `${line}\n`).join('')));
    for (const { line, answer } of batch) {
      segment.push(line);
      answer();
    }
    if (segment.length >= segmentRecords) seal();
  }
  isWriting = false;
}

function seal(): void {
  segments += 1;
  disk.store(`segment-${segments}`).write({ events: segment });
  segment = [];
}

/** Whether the request is signed by its source. */
function isSigned({ headers, url }: IncomingMessage, body: Buffer): boolean {
  const { kryptos, simplehash } = sources;
  const isKryptos = url === kryptosPath;
  const given = isKryptos
    ? Buffer.from(String(headers['x-webhook-signature']), 'hex')
    : Buffer.from(String(headers['webhook-signature']).slice(3), 'base64');
  const hmac = isKryptos
    ? createHmac('sha256', secretOf(kryptos))
    : createHmac('sha256', Buffer.from(secretOf(simplehash), 'base64')).update(
        `${headers['webhook-id']}.${headers['webhook-timestamp']}.`,
      );
  const expected = hmac.update(body).digest();
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

serve((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    const body = only && chunks.length === 1 ? only : Buffer.concat(chunks);
    const text = body.toString('utf8');
    if (!isSigned(request, body) || !Body.safeParse(JSON.parse(text)).success) {
      response.writeHead(401, { 'content-length': 0 }).end();
      return;
    }
    const line = JSON.stringify({ at: Date.now(), headers: request.rawHeaders, body: text });
    void keep({
      line,
      answer: () => response.writeHead(200, { 'content-length': 2 }).end('OK'),
    });
  });
});
