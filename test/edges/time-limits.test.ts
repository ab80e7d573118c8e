import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { send } from '../../bench/harness/http.ts';
import { createHttpServer, serverLimits } from '../../electron/edges/http-server.ts';
import { receiverLimits } from '../../electron/edges/server.ts';
import { host, raw, statusesIn } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

/** The limits divided by a hundred. */
const short = {
  ...receiverLimits,
  server: {
    ...serverLimits,
    ...{ headersTimeout: 100, requestTimeout: 300, connectionsCheckingInterval: 20 },
    ...{ keepAliveTimeout: 50 },
  },
};

test('the limits are those of R2, and a server has them', () => {
  const expected = {
    ...{ headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2000 },
    ...{ keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024, maxHeadersCount: 100 },
    ...{ maxRequestsPerSocket: 1000, maxConnections: 256 },
  };
  expect(serverLimits).toEqual(expected);
  const nothing = () => {};
  const asked = { handle: nothing, refuse: nothing, onRefused: nothing };
  const server = createHttpServer({ ...asked, limits: serverLimits });
  expect(server).toMatchObject(expected);
  server.close();
});

/** Sends slowly but steadily. Settles with the answer once the server hung up. */
const drip = (port: number, head: string, drop: string) =>
  new Promise<string>((resolve) => {
    let said = '';
    let dripping: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head);
      dripping = setInterval(() => socket.write(drop), 10);
    });
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(said);
    });
  });

test.each([
  ['slow headers', (port: number) => `POST / HTTP/1.1\r\n${host(port)}X: `, 'x'],
  [
    'slow bodies',
    (port: number) => `POST / HTTP/1.1\r\n${host(port)}Content-Length: 100000\r\n\r\n`,
    'x',
  ],
  [
    'bodies of chunks without an end',
    (port: number) => `POST / HTTP/1.1\r\n${host(port)}Transfer-Encoding: chunked\r\n\r\n`,
    '1\r\nx\r\n',
  ],
])('%s are ended, answered and counted (R2, Q7)', async (_what, head, drop) => {
  await using app = await startReceiver(short);
  expect(statusesIn(await drip(app.port, head(app.port), drop))).toEqual([408]);
  expect(app.refused).toEqual(['too-slow']);
  expect(app.held).toEqual([]);
});

test('headers have less time than a whole request', async () => {
  await using app = await startReceiver({
    ...short,
    server: { ...short.server, requestTimeout: 600_000 },
  });
  const headers = `POST / HTTP/1.1\r\n${host(app.port)}X: `;
  expect(statusesIn(await drip(app.port, headers, 'x'))).toEqual([408]);
});

test('a silent connection is closed', async () => {
  await using app = await startReceiver(short);
  await raw(app.port, []);
  expect(app.refused).toEqual(['too-slow']);
});

test('an idle connection is closed without a refusal', async () => {
  await using app = await startReceiver(short);
  const said = await raw(app.port, [`GET /healthz HTTP/1.1\r\n${host(app.port)}\r\n`]);
  expect(statusesIn(said)).toEqual([200]);
  expect(app.refused).toEqual([]);
});

test('a refused client that does not hang up is disconnected (R4)', async () => {
  await using app = await startReceiver({
    ...short,
    server: { ...short.server, maxConnections: 1 },
  });
  const silent = connect({ port: app.port, host: '127.0.0.1', allowHalfOpen: true });
  await vi.waitUntil(() => app.refused.length === 1);
  await vi.waitUntil(() => send(app.port, { path: '/healthz', method: 'GET' }).catch(() => null));
  silent.destroy();
});

test('while all connections are busy one more is dropped and counted, and later ones are accepted (R2)', async () => {
  await using app = await startReceiver({
    ...short,
    server: { ...serverLimits, maxConnections: 1 },
  });
  const first = send(app.port, { path: '/', body: 'one' });
  await vi.waitUntil(() => app.held.length === 1);
  expect(await raw(app.port, []).catch(() => '')).toBe('');
  expect(app.refused).toEqual(['too-many-connections']);
  app.held[0]?.answer();
  expect((await first).status).toBe(200);
  await vi.waitUntil(() => send(app.port, { path: '/healthz', method: 'GET' }).catch(() => null));
});

test('a new connection evicts the one idle longest, and then the one longest in a body (R12)', async () => {
  await using app = await startReceiver({
    ...receiverLimits,
    server: { ...serverLimits, maxConnections: 4 },
  });
  const ended: string[] = [];
  const open = async (name: string, text = '') => {
    const socket = connect(app.port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => {});
    socket.on('close', () => ended.push(name));
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const half = `POST / HTTP/1.1\r\n${host(app.port)}Content-Length: 5\r\n\r\nha`;
  const opened = [await open('body', half)];
  await vi.waitUntil(() => app.asked.length === 1);
  opened.push(await open('silent'), await open('half a head', 'POST / HTTP/1.1\r\n'));
  const healthy = async () => (await send(app.port, { path: '/healthz', method: 'GET' })).status;
  expect(await healthy()).toBe(200);
  expect(ended).toEqual(['silent']);
  opened.push(await open('another body', half));
  await vi.waitUntil(() => app.asked.length === 2);
  expect(await healthy()).toBe(200);
  await vi.waitUntil(() => ended.length === 2);
  opened.push(await open('third body', half));
  await vi.waitUntil(() => app.asked.length === 3);
  expect(await healthy()).toBe(200);
  await vi.waitUntil(() => ended.length === 3);
  expect(ended).toEqual(['silent', 'half a head', 'body']);
  expect(app.refused).toEqual(Array(3).fill('too-many-connections'));
  for (const socket of opened) socket.destroy();
});

test('a connection serves a limited number of requests (R2)', async () => {
  await using app = await startReceiver({
    ...short,
    server: { ...serverLimits, maxRequestsPerSocket: 2 },
  });
  const ask = `GET /healthz HTTP/1.1\r\n${host(app.port)}\r\n`;
  const said = await raw(app.port, [ask + ask + ask], /503/);
  expect(statusesIn(said)).toEqual([200, 200, 503]);
  expect(app.refused).toEqual(['busy']);
});
