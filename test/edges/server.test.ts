import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
import { type InMemory, openInMemory } from '../support/memory.ts';
import { host, raw, statusesIn } from '../support/raw-http.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

const refusedBy = async (app: InMemory) =>
  (await app.ask('state', undefined)).refusals.map(({ why }) => why);

test.each([
  [
    'two Host headers',
    (port: number) => `POST / HTTP/1.1\r\n${host(port)}${host(port)}\r\n`,
    421,
    'wrong-host',
  ],
  ['no Host header', () => 'POST / HTTP/1.1\r\n\r\n', 421, 'wrong-host'],
  [
    'both a length and chunks',
    (port: number) =>
      `POST / HTTP/1.1\r\n${host(port)}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    'malformed',
  ],
  [
    'headers over 16 KiB',
    (port: number) => `GET / HTTP/1.1\r\n${host(port)}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['what is no HTTP', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n', 400, 'malformed'],
  [
    'an unknown expectation',
    (port: number) => `POST / HTTP/1.1\r\n${host(port)}Expect: magic\r\nContent-Length: 0\r\n\r\n`,
    417,
    'unknown-expectation',
  ],
])('%s is refused without harm, and counted (Q7)', async (_what, request, status, why) => {
  await using app = await openInMemory({ provision });
  expect(statusesIn(await raw(app.port(), [request(app.port())], /\r\n\r\n/))).toEqual([status]);
  expect(await refusedBy(app)).toEqual([why]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

test('a sender that expects 100 Continue gets the refusal instead (R3)', async () => {
  await using app = await openInMemory({ provision });
  const head = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\n${host(app.port())}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;

  expect(
    statusesIn(await raw(app.port(), [head('/hooks/kryptos/nothing', 10)], /\r\n\r\n/)),
  ).toEqual([404]);
  expect(statusesIn(await raw(app.port(), [head(pathOf(kryptos), 3_000_000)], /\r\n\r\n/))).toEqual(
    [413],
  );
  expect(
    statusesIn(await raw(app.port(), [head(pathOf(kryptos), 2)], /100 Continue\r\n\r\n/)),
  ).toEqual([100]);
});

test('requests on one connection are answered in order', async () => {
  await using app = await openInMemory({ provision });
  const { path, headers, body } = costBasisCompleted(kryptos);
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const post = (to: string) =>
    `POST ${to} HTTP/1.1\r\n${host(app.port())}${lines.join('')}Content-Length: ${body?.length}\r\n\r\n${body}`;

  const said = await raw(
    app.port(),
    [post(path) + post(path) + post(path)],
    /(duplicate[\s\S]*){2}/,
  );
  expect(statusesIn(said)).toEqual([200, 200, 200]);
});

test('a sender that hangs up during its body leaves no delivery', async () => {
  await using app = await openInMemory({ provision });
  await new Promise<void>((resolve) => {
    const socket = connect(app.port(), '127.0.0.1', () => {
      socket.write(
        `POST ${pathOf(kryptos)} HTTP/1.1\r\n${host(app.port())}Content-Length: 100\r\n\r\n{"half`,
        () => socket.destroy(),
      );
    });
    socket.on('close', () => resolve());
  });
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  expect((await app.ask('state', undefined)).entries).toBe(1);
});

test('an upgrade and a CONNECT request are hung up on (R3)', async () => {
  await using app = await openInMemory({ provision });
  const request = `GET / HTTP/1.1\r\n${host(app.port())}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  expect(statusesIn(await raw(app.port(), [request]))).toEqual([]);
  expect(statusesIn(await raw(app.port(), ['CONNECT a.example:443 HTTP/1.1\r\n\r\n']))).toEqual([]);
  expect((await app.ask('state', undefined)).refusals).toMatchObject([
    { why: 'malformed', times: 2 },
  ]);
});
