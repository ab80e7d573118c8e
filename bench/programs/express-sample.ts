import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { pathOf, secretOf } from '../harness/deliveries.ts';
import { job, serve } from './serve.ts';

// The sample for Express of https://docs.kryptos.io/webhooks/setup, without its logging. It stores nothing.
// Express is loaded from node_modules and not bundled, as everybody runs it.
const express = createRequire(import.meta.url)('express');
const { kryptos, simplehash } = job().sources;

type Request = IncomingMessage & { readonly body: Buffer };
type Response = ServerResponse & { status(code: number): Response; send(text: string): void };

const app = express();
const raw = express.raw({ type: 'application/json' });

app.post(pathOf(kryptos), raw, ({ headers, body }: Request, response: Response) => {
  const given = Buffer.from(String(headers['x-webhook-signature']));
  const expected = Buffer.from(createHmac('sha256', secretOf(kryptos)).update(body).digest('hex'));
  if (!timingSafeEqual(given, expected)) return response.status(401).send('Invalid signature');

  const { data } = JSON.parse(String(body));
  return response.status(data ? 200 : 400).send('OK');
});

// SimpleHash's pages have no sample: this is the same with the signature of Standard Webhooks.
const key = Buffer.from(secretOf(simplehash), 'base64');
app.post(pathOf(simplehash), raw, ({ headers, body }: Request, response: Response) => {
  const given = Buffer.from(String(headers['webhook-signature']).slice(3), 'base64');
  const signed = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
    .update(body);
  if (!timingSafeEqual(given, signed.digest())) {
    return response.status(401).send('Invalid signature');
  }
  const { data } = JSON.parse(String(body));
  return response.status(data ? 200 : 400).send('OK');
});

serve(app);
