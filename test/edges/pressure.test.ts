import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { send } from '../../bench/harness/http.ts';
import { receiverLimits } from '../../electron/edges/server.ts';
import { host, raw, statusesIn } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

const oneAtATime = {
  ...receiverLimits,
  capacity: { ...receiverLimits.capacity, requests: 1 },
};
type Started = Awaited<ReturnType<typeof startReceiver>>;

/** Posts a body, and settles once it was admitted, with the pending answer. */
const post = async (to: Started, body: string) => {
  const before = to.asked.length;
  const answer = send(to.port, { path: '/', body });
  await vi.waitUntil(() => to.asked.length > before);
  return { answer };
};
const bodiesIn = ({ held }: Started) => held.map(({ body }) => body);

test('requests beyond the capacity wait, and are processed in the order of arrival (R12)', async () => {
  await using app = await startReceiver(oneAtATime);
  const posted = [await post(app, 'one'), await post(app, 'two'), await post(app, 'three')];
  for (const [index, bodies] of [['one'], ['one', 'two'], ['one', 'two', 'three']].entries()) {
    await vi.waitUntil(() => app.held.length > index);
    expect(bodiesIn(app)).toEqual(bodies);
    app.held[index]?.answer();
  }
  for (const { answer } of posted) expect((await answer).status).toBe(200);
  expect(app.refused).toEqual([]);
});

test('a request that waited too long is answered 503 and counted (R12)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    capacity: { ...oneAtATime.capacity, patienceMs: 50 },
  });
  const first = await post(app, 'one');
  const { status, headers } = await (await post(app, 'two')).answer;
  expect([status, headers['retry-after']]).toEqual([503, '5']);
  expect(app.refused).toEqual(['busy']);

  app.held[0]?.answer();
  expect((await first.answer).status).toBe(200);
  expect(bodiesIn(app)).toEqual(['one']);
});

test('a sender that expects 100 Continue may send its body while others are processed: only bytes that arrived count (R12)', async () => {
  await using app = await startReceiver(oneAtATime);
  await post(app, 'one');
  const head = `POST / HTTP/1.1\r\n${host(app.port)}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
  expect(statusesIn(await raw(app.port, [head], /100 Continue\r\n\r\n/))).toEqual([100]);
});

test('a sender that hangs up during its body is not processed and delays no other', async () => {
  await using app = await startReceiver(oneAtATime);
  const socket = connect(app.port, '127.0.0.1', () =>
    socket.write(`POST / HTTP/1.1\r\n${host(app.port)}Content-Length: 5\r\n\r\nfive`),
  );
  await vi.waitUntil(() => app.asked.length === 1);
  socket.destroy();

  const second = await post(app, 'me');
  await vi.waitUntil(() => app.held.length === 1);
  app.held[0]?.answer();
  expect((await second.answer).status).toBe(200);
  expect(bodiesIn(app)).toEqual(['me']);
  expect(app.refused).toEqual(['malformed']);
});

test('a slow body is answered 408 also while requests wait (R2)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    server: {
      ...receiverLimits.server,
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

test('when the app ends, a waiting request is answered 503 at once and a processed one is answered (A3)', async () => {
  await using app = await startReceiver({
    ...oneAtATime,
    capacity: { ...oneAtATime.capacity, patienceMs: 600_000 },
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

test('a connection has one request at a time: the next one starts after the answer (R12)', async () => {
  await using app = await startReceiver(receiverLimits);
  const request = (body: string) =>
    `POST / HTTP/1.1\r\n${host(app.port)}Content-Length: ${body.length}\r\n\r\n${body}`;
  const said = raw(app.port, [request('one') + request('two')], /200[\s\S]*200[\s\S]*\r\n\r\n/);
  await vi.waitUntil(() => app.held.length === 1);
  expect([app.asked.length, bodiesIn(app)]).toEqual([1, ['one']]);
  app.held[0]?.answer();
  await vi.waitUntil(() => app.held.length === 2);
  app.held[1]?.answer();
  expect(statusesIn(await said)).toEqual([200, 200]);
});
