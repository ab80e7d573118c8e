import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { costBasisCompleted, pathOf } from '../../bench/harness/deliveries.ts';
import { openApp, titlesOf } from '../support/app.ts';
import { host, raw, statusesIn } from '../support/raw-http.ts';
import {
  genuineRows,
  kryptos,
  rawDelivery,
  rawRequest,
  refusedRows,
} from '../support/receiver-table.ts';
import type { TestApp } from '../support/test-app.ts';

// The HTTP parsers of plain Node and of Electron differ: every row holds in both.
const provision = { sources: [kryptos] };

/** Everything that is said to one request until the connection is closed or the answer is complete. */
const statusesOf = async (app: TestApp, text: string, expected: number): Promise<number[]> => {
  const enough = new RegExp(`(?:HTTP/1\\.1 [\\s\\S]*?\\r\\n\\r\\n){${Math.max(1, expected)}}`);
  return statusesIn(await raw(app.port(), [text], enough).catch(() => ''));
};

const refusedBy = async (app: TestApp) =>
  (await app.ask('state', undefined)).refusals.map(({ why }) => why);

test('a genuine delivery is admitted in every valid form of request (R5.2, R13e)', async () => {
  await using app = await openApp({ provision });
  for (const [what, request, statuses] of genuineRows) {
    const text = rawRequest(app.port(), request(app.port()));
    expect(await statusesOf(app, text, statuses.length), what).toEqual(statuses);
  }
  expect(await titlesOf(app)).toHaveLength(1);
  expect(await refusedBy(app)).toEqual([]);
});

test('everything else is refused in its own way, is no event, and keeps nobody out (R5.2, Q7)', async () => {
  await using app = await openApp({ provision });
  for (const [what, request, statuses] of refusedRows) {
    const text = rawRequest(app.port(), request(app.port()));
    expect(await statusesOf(app, text, statuses.length), what).toEqual(statuses);
  }
  expect(await titlesOf(app)).toEqual([]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

test('what is no HTTP at all is told so and counted (Q7)', async () => {
  await using app = await openApp({ provision });
  expect(await statusesOf(app, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n', 1)).toEqual([400]);
  expect(await refusedBy(app)).toEqual(['malformed']);
});

test('requests that are sent ahead are answered in order, and far too many are hung up on (R12, Q7)', async () => {
  await using app = await openApp({ provision });
  const one = rawRequest(app.port(), {});
  const said = await raw(app.port(), [one.repeat(5)], /(?:duplicate[\s\S]*){4}/);
  expect(statusesIn(said)).toEqual(Array(5).fill(200));
  // Each has to be written: what can be answered at once is no longer waiting when the next one is read.
  const many = Array.from({ length: 50 }, (_, number) =>
    rawDelivery(app.port(), costBasisCompleted(kryptos, { id: `whd_ahead_${number}` })),
  );
  await raw(app.port(), [many.join('')]).catch(() => '');
  expect(await refusedBy(app)).toEqual(['busy']);
  expect((await app.deliver(costBasisCompleted(kryptos, { id: 'whd_after' }))).status).toBe(200);
});

test('a request that is sent ahead in chunks is hung up on (R12)', async () => {
  await using app = await openApp({ provision });
  const chunked = [
    `POST ${pathOf(kryptos)} HTTP/1.1\r\n${host(app.port())}Transfer-Encoding: chunked\r\n\r\n`,
    '1\r\nx\r\n'.repeat(1000),
  ].join('');
  await raw(app.port(), [rawRequest(app.port(), {}) + chunked]).catch(() => '');
  expect(await refusedBy(app)).toEqual(['busy']);
  expect((await app.deliver(costBasisCompleted(kryptos, { id: 'whd_after' }))).status).toBe(200);
});

test('a sender that hangs up at any point leaves nothing behind (Q7)', async () => {
  await using app = await openApp({ provision });
  const whole = rawRequest(app.port(), {});
  const cuts = [0, 1, 30, whole.indexOf('\r\n\r\n') + 2, whole.indexOf('\r\n\r\n') + 4, -10, -1];
  for (const cut of cuts)
    await new Promise<void>((resolve) => {
      const socket = connect(app.port(), '127.0.0.1', () =>
        socket.end(whole.slice(0, cut), () => socket.destroy()),
      );
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  expect(await titlesOf(app)).toEqual([]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

describe('another name in Host (R5.2)', () => {
  const hostsIn = async (app: TestApp) =>
    (await app.ask('state', undefined)).conditions
      .map(({ reason }) => reason)
      .flatMap((problem) => (problem.code === 'other-host' ? [problem.host] : []));
  const deliverTo = (app: TestApp, name: string, path = pathOf(kryptos)) => {
    const { headers, ...sent } = costBasisCompleted(kryptos);
    return app.deliver({ ...sent, path, headers: { ...headers, host: name } });
  };

  test('is told of with its name, and is ours once the person has accepted it, after a restart too', async () => {
    await using app = await openApp({ provision });
    expect((await deliverTo(app, 'Relay.example:443')).status).toBe(421);
    expect(await hostsIn(app)).toEqual(['relay.example']);

    expect(await app.ask('acceptHost', { host: 'relay.example' })).toEqual({ status: 'done' });
    expect(await hostsIn(app)).toEqual([]);
    expect((await deliverTo(app, 'relay.example')).status).toBe(200);
    await app.restart();
    expect((await deliverTo(app, 'RELAY.example:443')).status).toBe(200);
    expect((await deliverTo(app, 'relay.example:8080')).status).toBe(421);
  });

  test('is told of only to who posted to an endpoint, and only the newest three', async () => {
    await using app = await openApp({ provision });
    await deliverTo(app, 'scanner.example', '/hooks/kryptos/a-guess');
    await deliverTo(app, '<b>no name</b>');
    expect(await hostsIn(app)).toEqual([]);
    for (let at = 1; at <= 5; at += 1) await deliverTo(app, `name-${at}.example`);
    expect(new Set(await hostsIn(app))).toEqual(
      new Set(['name-3.example', 'name-4.example', 'name-5.example']),
    );
  });

  test('cannot be accepted when it is no name, and of more than eight the oldest is given up', async () => {
    await using app = await openApp({ provision });
    expect(await app.ask('acceptHost', { host: 'a b' })).toMatchObject({ status: 'failed' });
    for (let at = 1; at <= 9; at += 1) await app.ask('acceptHost', { host: `name-${at}.example` });
    expect((await deliverTo(app, 'name-1.example')).status).toBe(421);
    expect((await deliverTo(app, 'name-9.example')).status).toBe(200);
  });
});

test('the senders of a /64 share a limit, behind a trusted range of proxies, and genuine deliveries have none (R13)', async () => {
  const receiver = { trustedProxies: ['127.0.0.0/8'] };
  await using app = await openApp({ provision: { ...provision, receiver } });
  const from = (sender: string, secret?: string) => {
    const { headers, ...sent } = costBasisCompleted(
      kryptos,
      secret === undefined ? {} : { secret },
    );
    return app.deliver({ ...sent, headers: { ...headers, 'x-forwarded-for': sender } });
  };
  for (let each = 0; each < 20; each += 1)
    expect((await from(`[2001:db8:1:2::${each.toString(16)}]:4711`, 'wrong')).status).toBe(401);
  expect((await from('2001:db8:1:2:ffff::1', 'wrong')).status).toBe(429);
  expect((await from('2001:db8:1:2:ffff::1')).status).toBe(200);
  expect((await from('2001:db8:1:3::1', 'wrong')).status).toBe(401);
});

describe('time limits', () => {
  /** Sends a beginning, then drops; settles with the statuses and how long it took in ms, when the connection is closed. */
  const drip = (port: number, beginning: string, drop: string) =>
    new Promise<{ statuses: number[]; tookMs: number }>((resolve) => {
      const startedAt = performance.now();
      let said = '';
      let dripping: NodeJS.Timeout | undefined;
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(beginning);
        if (drop !== '') dripping = setInterval(() => socket.write(drop), 100);
      });
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(dripping);
        resolve({ statuses: statusesIn(said), tookMs: performance.now() - startedAt });
      });
    });

  test('slow headers, slow bodies and silence are given up after the times of R2 and R12 (Q7)', async () => {
    await using app = await openApp({ provision });
    const port = app.port();
    const post = `POST ${pathOf(kryptos)} HTTP/1.1\r\n${host(port)}`;
    const cases: [what: string, beginning: string, drop: string, seconds: number][] = [
      ['slow headers', `${post}X: `, 'x', 10],
      ['a silent connection', '', '', 10],
      ['a body that is slow', `${post}Content-Length: 100000\r\n\r\n`, 'x', 5],
      ['a body that stops', `${post}Content-Length: 100000\r\n\r\nxxx`, '', 5],
      ['chunks without an end', `${post}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n', 5],
    ];
    const ends = await Promise.all(
      cases.map(async ([what, beginning, drop, seconds]) => {
        const { statuses, tookMs } = await drip(port, beginning, drop);
        return {
          what,
          statuses,
          isEarly: tookMs < seconds * 1000,
          isLate: tookMs > seconds * 1000 + 9000,
        };
      }),
    );
    for (const end of ends)
      expect(end).toEqual({ what: end.what, statuses: [408], isEarly: false, isLate: false });
    expect(await refusedBy(app)).toEqual(['too-slow']);
    expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  }, 60_000);

  test('a body in many quick chunks that does not end is refused where it gets too large (A3, Q7)', async () => {
    await using app = await openApp({ provision });
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const beginning = `POST ${pathOf(kryptos)} HTTP/1.1\r\n${host(app.port())}Transfer-Encoding: chunked\r\n\r\n`;
    const { statuses } = await drip(app.port(), beginning + chunk.repeat(40), '');
    // The answer may be lost to the connection being closed on the sender's unread bytes.
    expect([[413], []]).toContainEqual(statuses);
    expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  });
});
