import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../../shared/refusals.ts';
import type { Delivery } from '../delivery.ts';
import {
  type AdmittedRequest,
  type HttpAnswer,
  type RequestHead,
  refusals,
} from '../receiver/admission.ts';
import {
  type CapacityLimits,
  capacityLimits,
  createCapacity,
  type Lease,
} from '../receiver/capacity.ts';
import type { Endpoint } from '../setup/endpoints.ts';
import { schedule } from './clock.ts';
import { type BodyLimits, bodyLimits, createBodyReader } from './read-body.ts';

export type DeliveryOptions = {
  readonly receive: (
    endpoint: Endpoint,
    delivery: Delivery,
    tooLarge: boolean,
  ) => Promise<HttpAnswer>;
  readonly onRefused: (why: Refusal, sender?: Pick<RequestHead, 'simulated'>) => void;
  readonly id: () => string;
  /** Epoch ms. */
  readonly now: () => number;
};

export type DeliveryLimits = { readonly capacity: CapacityLimits; readonly body: BodyLimits };
export const deliveryLimits: DeliveryLimits = { capacity: capacityLimits, body: bodyLimits };

/** `isLast`: the connection is closed after the answer. */
export type Send = (response: ServerResponse, answer: HttpAnswer, isLast?: boolean) => void;

export type DeliveryAnswerer = {
  /** Reads the body of an admitted request, waits for capacity, and answers. */
  readonly answer: (
    request: IncomingMessage,
    response: ServerResponse,
    head: RequestHead,
    admitted: AdmittedRequest,
  ) => Promise<void>;
  /** From now on no request waits for capacity. */
  readonly close: () => void;
};

export const createDeliveryAnswerer = (
  options: DeliveryOptions,
  limits: DeliveryLimits,
  send: Send,
): DeliveryAnswerer => {
  const { receive, onRefused } = options;
  const steady = () => performance.now();
  const capacity = createCapacity(limits.capacity, schedule, steady);
  const bodies = createBodyReader(capacity, limits.body, steady);

  const answerWithin = async (
    lease: Lease,
    request: IncomingMessage,
    response: ServerResponse,
    process: () => Promise<HttpAnswer>,
  ): Promise<void> => {
    try {
      const isGranted = await lease.process();
      if (request.socket.destroyed) return;
      if (!isGranted) onRefused('busy');
      send(response, isGranted ? await process() : refusals.busy);
    } finally {
      lease.release();
    }
  };

  return {
    answer: async (request, response, head, admitted) => {
      const { endpoint } = admitted;
      const read = await bodies.read(request, endpoint.source.id);
      if (read.status === 'gone') return;
      if (read.status === 'refused') {
        onRefused(read.why, head);
        return send(response, refusals[read.why], true);
      }
      if (read.status === 'too-large') {
        const delivery = deliveryOf(head, admitted, Buffer.alloc(0), options);
        send(response, await receive(endpoint, delivery, true), true);
        request.destroy();
        return;
      }
      await answerWithin(read.lease, request, response, () =>
        receive(endpoint, deliveryOf(head, admitted, read.body, options), false),
      );
    },
    close: () => {
      capacity.close();
      bodies.close();
    },
  };
};

const deliveryOf = (
  { peer, simulated, again }: RequestHead,
  { sender, headers }: AdmittedRequest,
  body: Buffer,
  { id, now }: Pick<DeliveryOptions, 'id' | 'now'>,
): Delivery => ({
  id: id(),
  receivedAt: now(),
  headers,
  body,
  senderAddress: sender,
  peerAddress: peer,
  simulated,
  ...(again === undefined ? {} : { again }),
});
