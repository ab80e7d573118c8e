import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { endpoints } from './endpoints.mjs';

const RETRY_MS = 3;
const PATIENCE_MS = 30_000;

/**
 * Delivers one event of Kryptos as soon as somebody listens, and settles when it has been answered 200.
 *
 * @param {number} port
 */
export async function firstAnswer(port) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isListening(port))) {
    if (performance.now() > end) throw new Error(`Nobody listens on port ${port}`);
    await setTimeout(RETRY_MS);
  }
  const status = await deliver(port);
  if (status !== 200) throw new Error(`The first delivery was answered ${status}`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const isListening = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/**
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
const deliver = (port) =>
  new Promise((resolve, reject) => {
    const { path, secret } = endpoints.kryptos;
    const body = JSON.stringify({
      ...{ id: `whd_${randomUUID()}`, event: 'costbasis.completed', data: {} },
      timestamp: new Date().toISOString(),
    });
    const headers = {
      'content-type': 'application/json',
      'x-webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
    };
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false };
    const sending = request(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.once('error', reject);
    sending.end(body);
  });
