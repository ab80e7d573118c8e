import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Admission,
  type HttpAnswer,
  type HttpRefusal,
  healthy,
  type RequestHead,
  refusals,
} from '../receiver/admission.ts';
import { traceOf } from '../trace.ts';
import {
  createDeliveryAnswerer,
  type DeliveryLimits,
  type DeliveryOptions,
  deliveryLimits,
  type Send,
} from './answer-delivery.ts';
import { isAnnouncedTooLarge } from './read-body.ts';
import { headFault, headOf } from './request-head.ts';

export type ResponderOptions = DeliveryOptions & {
  readonly admit: (head: RequestHead) => Admission;
  /** The value of the header that marks our own simulator. */
  readonly simulatorToken: string;
  readonly log: (line: string) => void;
};

export type Responder = {
  /** Reads a request and answers it. Never rejects. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly refuse: (why: HttpRefusal, response: ServerResponse) => void;
  /** From now on every answer closes its connection, and no request waits for capacity. */
  readonly close: () => void;
};

/** Takes a request through its head, admission, body and processing to its answer. */
export const createResponder = (
  options: ResponderOptions,
  limits: DeliveryLimits = deliveryLimits,
): Responder => {
  const { admit, onRefused, simulatorToken, log } = options;
  let isClosing = false;

  const send: Send = (response, answer, isLast = false) =>
    writeAnswer(response, answer, isLast || isClosing);
  const deliveries = createDeliveryAnswerer(options, limits, send);

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = headOf(request, simulatorToken);
    const fault = headFault(request, head);
    if (fault) {
      onRefused(fault);
      return send(response, refusals[fault], true);
    }
    const admission = admit(head);
    if (admission.status !== 'admitted') {
      const answer = admission.status === 'healthy' ? healthy : refusals[admission.why];
      // A connection with unread bytes is not used again.
      send(response, answer, hasBody(request) && answer.status !== 200);
      if (hasBody(request)) request.resume();
      return;
    }
    if (request.headers.expect !== undefined && !isAnnouncedTooLarge(request))
      response.writeContinue();
    await deliveries.answer(request, response, head, admission);
  };

  return {
    answer: (request, response) =>
      respond(request, response).catch((error) => {
        // Only a bug throws. Nothing was acknowledged, and the sender is asked to try again.
        log(`receiver: ${traceOf(error)}`);
        onRefused('busy');
        if (!response.headersSent) send(response, refusals.busy);
      }),
    refuse: (why, response) => send(response, refusals[why]),
    close: () => {
      isClosing = true;
      deliveries.close();
    },
  };
};

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

const writeAnswer = (
  response: ServerResponse,
  { status, body, headers }: HttpAnswer,
  isLast: boolean,
): void => {
  const text = body ? JSON.stringify(body) : '';
  response.writeHead(status, {
    ...(body ? { 'content-type': 'application/json' } : {}),
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(isLast ? { connection: 'close' } : {}),
    ...headers,
  });
  response.end(text);
};
