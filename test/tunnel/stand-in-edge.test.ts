import { type Listener, SessionBuilder } from '@ngrok/ngrok';
import { expect, test } from 'vitest';
import { type Edge, openEdge } from '../support/ngrok-edge/edge.ts';
import { type Asked, openUpstream } from './support/upstream.ts';

/** The real SDK, straight at the edge. */
const dial = async (edge: Edge, to: string, authtoken = edge.authtoken) => {
  const heartbeats: (number | null)[] = [];
  const session = await new SessionBuilder()
    .authtoken(authtoken)
    .serverAddr(edge.serverAddress)
    .rootCas(edge.rootCa)
    .handleHeartbeat((ms) => void heartbeats.push(ms))
    .handleDisconnection(() => true)
    .connect();
  const listener: Listener = await session
    .httpEndpoint()
    .requestHeader('x-added', 'word')
    .listenAndForward(to);
  return {
    listener,
    heartbeats,
    // The SDK may never answer a close; its session ends with the process at the latest.
    [Symbol.dispose]: () => void listener.close().catch(() => {}),
  };
};

const valuesIn = (asked: Asked | undefined, name: string) =>
  (asked?.headers ?? []).flatMap(([given, value]) => (given.toLowerCase() === name ? [value] : []));

test('the real SDK forwards a request through the edge, byte for byte', async () => {
  await using edge = await openEdge();
  await using upstream = await openUpstream();
  using agent = await dial(edge, upstream.url);
  const body = Buffer.from('\u0000{"a": 1}\u00ff', 'latin1');

  expect(agent.listener.url()).toBe('https://hookbell.ngrok-free.app');
  const answer = await edge.visit({
    path: '/hooks/x?y=1',
    body,
    from: '203.0.113.7',
    headers: { 'X-Forwarded-For': '10.0.0.1', 'X-Added': 'forged' },
  });

  expect(answer.status).toBe(200);
  expect(answer.headers['ngrok-error-code']).toBeUndefined();
  const [asked] = upstream.asked;
  expect(asked).toMatchObject({ method: 'POST', url: '/hooks/x?y=1', body });
  expect(valuesIn(asked, 'x-forwarded-for')).toEqual(['10.0.0.1, 203.0.113.7']);
  expect(valuesIn(asked, 'x-added')).toEqual(['forged', 'word']);
  expect(valuesIn(asked, 'host')).toEqual(['hookbell.ngrok-free.app']);
  expect(valuesIn(asked, 'x-stand-in-source')).toEqual([]);
});

test('bodies larger than the window go both ways whole, many at once', async () => {
  await using edge = await openEdge();
  await using upstream = await openUpstream();
  using _agent = await dial(edge, upstream.url);
  const megabyte = 'x'.repeat(1_000_000);

  const answers = await Promise.all(
    Array.from({ length: 8 }, (_each, at) =>
      edge.visit({ path: `/${at}`, body: `${at}${megabyte}` }),
    ),
  );

  expect(answers.map(({ text }) => text.length)).toEqual(Array(8).fill(1_000_001));
});

test('without an endpoint the edge answers as ngrok does', async () => {
  await using edge = await openEdge();
  const answer = await edge.visit({ path: '/' }).catch(String);
  expect(answer).toMatchObject({
    status: 404,
    headers: { 'ngrok-error-code': 'ERR_NGROK_3200' },
  });
});

test.each([
  ['', 'ERR_NGROK_4018'],
  ['short', 'ERR_NGROK_105'],
  ['a'.repeat(40), 'ERR_NGROK_107'],
])('the authtoken "%s" is refused with %s', async (authtoken, code) => {
  await using edge = await openEdge();
  await expect(dial(edge, 'http://127.0.0.1:9', authtoken)).rejects.toThrow(code);
});

test.each(['rst', 'fin', 'goaway'] as const)(
  'after a cut by %s the SDK comes back under the same URL',
  async (how) => {
    await using edge = await openEdge();
    await using upstream = await openUpstream();
    using agent = await dial(edge, upstream.url);
    const url = agent.listener.url();

    edge.faults.cut(how);
    await edge.until(() => !edge.isOnline());
    await edge.until(edge.isOnline);

    expect(edge.endpoints().map((endpoint) => endpoint.url)).toEqual([url]);
    expect((await edge.visit({ path: '/', body: 'back' })).text).toBe('back');
  },
);

test('an endpoint that lingers is taken for a stranger and given back to its owner', async () => {
  await using edge = await openEdge();
  await using upstream = await openUpstream();
  const mend = edge.faults.linger(60_000);
  using _agent = await dial(edge, upstream.url);

  await expect(dial(edge, upstream.url)).rejects.toThrow('ERR_NGROK_334');
  edge.faults.cut('fin');
  await edge.until(() => !edge.isOnline());
  await edge.until(edge.isOnline);
  void mend();
});
