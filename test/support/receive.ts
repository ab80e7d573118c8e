import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';
import type { PlainApp } from '../../bench/harness/plain-app.ts';
import { deliveryOf, requestTo } from '../../bench/harness/plain-request.ts';
import { type HttpAnswer, healthy, refusals } from '../../electron/receiver/admission.ts';

/** Hands the app a delivery as its receiver does, and returns the answer. A string stands for a genuine delivery with that id. */
export const receive = async (
  app: PlainApp,
  sent: string | Sent,
  secret?: string,
  /** Epoch ms. */
  receivedAt = Date.now(),
): Promise<HttpAnswer> => {
  const request = typeof sent === 'string' ? genuine(sent, secret) : sent;
  app.onListening({ status: 'listening', port: 80 });
  const admission = app.admit(requestTo(request.path));
  if (admission.status === 'healthy') return healthy;
  if (admission.status === 'refused') return refusals[admission.why];
  return app.receive(admission.endpoint, deliveryOf(request, receivedAt), false);
};

const genuine = (id: string, secret: string | undefined): Sent =>
  costBasisCompleted(kryptosSource(), secret === undefined ? { id } : { id, secret });

export type Kept = readonly [seq: number, id: string];

/** Every entry of the history, oldest first: its sequence number, and the id its sender gave it. */
export const keptIn = async (app: PlainApp): Promise<Kept[]> => {
  const kept: Kept[] = [];
  for await (const line of app.exportLines(false)) {
    const { seq, body } = JSON.parse(line);
    kept.push([seq, JSON.parse(body).id]);
  }
  return kept;
};
