import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { serverLimits } from '../../electron/edges/http-server.ts';
import { roomLimits } from '../../electron/room.ts';
import { send } from '../support/http.ts';
import { host, raw, statusesIn } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

const oneAtATime = { server: serverLimits, room: { ...roomLimits, requests: 1 } };
type Started = Awaited<ReturnType<typeof startReceiver>>;

/** Posts a body, and settles when the door has let it in: with its answer still to come. */
const post = async (to: Started, body: string) => {
  const before = to.asked.length;
  const answer = send(to.port, { path: '/', body });
  await vi.waitUntil(() => to.asked.length > before);
  return { answer };
};
const bodiesIn = ({ held }: Started) => held.map(({ body }) => body);

test('who finds no room waits, and is read when there is some, in the order of arrival (R12)', async () => {
  await using app = await startReceiver(oneAtATime);
  const posted = [await post(app, 'one'), await post(app, 'two'), await post(app, 'three')];
  for (const [index, bodies] of [['one'], ['one', 'two'], ['one', 'two', 'three']].entries()) {
    await vi.waitUntil(() => app.held.length > index);
    expect(bodiesIn(app)).toEqual(bodies);
    app.held[index]?.answer();
  }
  for (const { answer } of posted) expect((await answer).status).toBe(200);
  expect(app.turnedAway).toEqual([]);
});

test('who has waited long enough is asked to try again, and is counted (R12)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    room: { ...oneAtATime.room, patienceMs: 50 },
  });
  const first = await post(app, 'one');
  const { status, headers } = await (await post(app, 'two')).answer;
  expect([status, headers['retry-after']]).toEqual([503, '5']);
  expect(app.turnedAway).toEqual(['busy']);

  app.held[0]?.answer();
  expect((await first.answer).status).toBe(200);
  expect(bodiesIn(app)).toEqual(['one']);
});

test('who waits is not told to send its body before there is room', async () => {
  await using app = await startReceiver(oneAtATime);
  await post(app, 'one');
  const head = `POST / HTTP/1.1\r\n${host(app.port)}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
  let said = '';
  const socket = connect(app.port, '127.0.0.1', () => socket.write(head));
  socket.on('data', (chunk) => {
    said += chunk;
  });
  await vi.waitUntil(() => app.asked.length === 2);
  await send(app.port, { path: '/healthz', method: 'GET' });
  expect(said).toBe('');

  app.held[0]?.answer();
  await vi.waitUntil(() => said.includes('100 Continue'));
  socket.destroy();
});

test('who hangs up while it waits is not read, and holds up nobody', async () => {
  await using app = await startReceiver({ ...oneAtATime, room: { ...roomLimits, bytes: 10 } });
  const first = await post(app, 'eight...');
  const socket = connect(app.port, '127.0.0.1', () =>
    socket.write(`POST / HTTP/1.1\r\n${host(app.port)}Content-Length: 5\r\n\r\nfive.`),
  );
  await vi.waitUntil(() => app.asked.length === 2);
  socket.destroy();
  // What is answered after it has hung up shows that the server knows.
  await send(app.port, { path: '/healthz', method: 'GET' });

  const third = await post(app, 'me');
  await vi.waitUntil(() => app.held.length === 2);
  for (const { answer } of app.held) answer();
  expect((await first.answer).status).toBe(200);
  expect((await third.answer).status).toBe(200);
  expect(bodiesIn(app)).toEqual(['eight...', 'me']);
  expect(app.turnedAway).toEqual([]);
});

test('who is too slow is told so while it waits, too (R2)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    server: {
      ...serverLimits,
      ...{ headersTimeout: 400, requestTimeout: 400, connectionsCheckingInterval: 20 },
    },
  });
  await post(app, 'one');
  const half = `POST / HTTP/1.1\r\n${host(app.port)}Content-Length: 5\r\n\r\nha`;
  expect(statusesIn(await raw(app.port, [half]))).toEqual([408]);

  const third = await post(app, 'three');
  app.held[0]?.answer();
  await vi.waitUntil(() => app.held.length === 2);
  app.held[1]?.answer();
  expect((await third.answer).status).toBe(200);
});

test('who waits when the app ends is asked to try again at once, and who was read is answered (A3)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    room: { ...oneAtATime.room, patienceMs: 600_000 },
  });
  const first = await post(app, 'one');
  const second = await post(app, 'two');
  const drained = app.drain();
  const { status, headers } = await second.answer;
  expect([status, headers.connection]).toEqual([503, 'close']);

  app.held[0]?.answer();
  expect((await first.answer).status).toBe(200);
  await drained;
});

test('requests on one connection wait for room as those on many do', async () => {
  await using app = await startReceiver(oneAtATime);
  const request = (body: string) =>
    `POST / HTTP/1.1\r\n${host(app.port)}Content-Length: ${body.length}\r\n\r\n${body}`;
  const said = raw(app.port, [request('one') + request('two')], /200[\s\S]*200[\s\S]*\r\n\r\n/);
  await vi.waitUntil(() => app.asked.length === 2);
  expect(bodiesIn(app)).toEqual(['one']);
  app.held[0]?.answer();
  await vi.waitUntil(() => app.held.length === 2);
  app.held[1]?.answer();
  expect(statusesIn(await said)).toEqual([200, 200]);
});
