import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../electron/delivery.ts';
import type { RequestHead } from '../../electron/receiver/admission.ts';
import type { Sent } from './http.ts';

/** The head of a local POST as the HTTP server reads it, for an app that was told to listen on port 80. */
export const requestTo = (path: string): RequestHead => ({
  method: 'POST',
  path,
  authority: null,
  peer: '127.0.0.1',
  simulated: false,
  headers: [['Host', '127.0.0.1:80']],
});

/** A request as the delivery that reaches an endpoint of this computer at `receivedAt` (epoch ms). */
export const deliveryOf = (
  { headers = {}, body = '' }: Omit<Sent, 'path'>,
  receivedAt: number,
): Delivery => ({
  id: randomUUID(),
  receivedAt,
  headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  body: Buffer.from(body),
  senderAddress: null,
  peerAddress: '127.0.0.1',
  simulated: false,
});
