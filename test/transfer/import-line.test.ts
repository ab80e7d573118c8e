import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLine } from '../../electron/transfer/import-line.ts';
import { dayName, exactTime } from '../../renderer/time.ts';
import { timelineOf } from '../support/app.ts';
import { openInMemory } from '../support/memory.ts';

const farthest = 253_402_300_799_999;
const number = fc.constantFrom(
  ...[0, -1, 0.5, 8_640_000_000_000_001, Number.MAX_SAFE_INTEGER, 2 ** 53, 1e300, farthest],
);
const string = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '__proto__', '\ud800', '\u202e\u0000\u009b31m', '=1+1', 'x'.repeat(40_000)),
);
/** Mostly what an export holds, so that most lines get as far as to be kept. */
const mostly = <T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });

const types = ['integration.failed', 'costbasis.completed', 'wallet.inbound_transfer', 'moon'];
const event = fc.record(
  {
    id: string,
    event: fc.constantFrom(...types),
    event_type: fc.constantFrom(...types),
    type: fc.constantFrom(...types),
    hook: fc.constantFrom('SyncError', 'SyncAccount'),
    timestamp: fc.oneof(number, string),
    data: fc.record(
      { walletId: string, errorMessage: string, lastSyncedAt: number, timestamp: number },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['id'] },
);
const body = fc.oneof(
  event.map((value) => JSON.stringify(value)),
  fc.constantFrom('', '{"a":'.repeat(500), '[]', '\ud800'),
  string,
);
const anyLine = fc.record(
  {
    receivedAt: mostly(fc.integer({ min: 0, max: farthest }), number),
    source: mostly(fc.constantFrom('s', '__proto__', 'constructor'), string),
    provider: mostly(fc.constantFrom('kryptos', 'vezgo', 'simplehash', 'constructor'), string),
    status: mostly(fc.constantFrom('event', 'unrecognized'), fc.constantFrom('rejected', 'odd')),
    headers: mostly(fc.constant({ a: 'b' }), fc.dictionary(string, string, { maxKeys: 5 })),
    type: string,
    proof: fc.constantFrom('verified', 'trusted'),
    checked: mostly(fc.constant({ secret: 1 }), fc.record({ secret: number })),
    repeats: mostly(fc.constantFrom(0, 1_000_000_000), number),
    notes: fc.array(string, { maxLength: 300 }),
    notification: fc.record({ shown: fc.boolean(), why: string }),
    headerLines: fc.array(
      fc.tuple(mostly(fc.constant('a'), string), fc.option(mostly(fc.constant('b'), string))),
      { maxLength: 5 },
    ),
    body,
    bodyBase64: string,
  },
  { requiredKeys: ['receivedAt', 'source', 'provider', 'status', 'headers'] },
);

test('every accepted line can be shown, searched, exported and imported again (P6)', async () => {
  const lines = fc
    .sample(anyLine, { numRuns: 400, seed: 12 })
    .map((line) => JSON.stringify({ ...line, id: randomUUID() }));
  const taken = lines.filter((text) => readLine(text).status === 'read');
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.length).toBeLessThan(lines.length);

  await using app = await openInMemory();
  const file = join(app.folder, 'all.jsonl');
  writeFileSync(file, taken.join('\n'));
  await app.choose(file);
  const imported = await app.ask('importHistory', undefined);
  expect(imported).toMatchObject({ status: 'done' });

  const entries = await timelineOf(app);
  expect(entries.length).toBeGreaterThan(100);
  for (const { seq, receivedAt } of entries) {
    expect([exactTime(receivedAt), dayName(receivedAt, 0)]).not.toContain('no date');
    expect(await app.ask('entry', { seq })).not.toBeNull();
  }
  await app.ask('timeline', { before: null, query: 'a -b is:failed' });
  await app.choose(join(app.folder, 'all.csv'));
  await app.ask('exportHistory', { format: 'csv' });
  await app.restart();
  expect((await timelineOf(app)).map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq));

  const again = join(app.folder, 'again.jsonl');
  await app.choose(again);
  await app.ask('exportHistory', { format: 'jsonl' });
  await using another = await openInMemory();
  await another.choose(again);
  expect(await another.ask('importHistory', undefined)).toMatchObject({
    status: 'done',
    entries: entries.length,
  });
});
