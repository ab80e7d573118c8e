import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  pathOf,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';

const sources = [
  kryptosSource(),
  vezgoSource(),
  simplehashSource(),
  simplehashSource('unsigned', { secrets: [] }),
];

const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 200,
});
const headers = fc.dictionary(
  fc.constantFrom(
    'x-webhook-signature',
    'x-webhook-event',
    'x-client-id',
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
    'svix-signature',
    'x-forwarded-for',
    'x-anything',
  ),
  fc.oneof(headerText, fc.array(headerText, { minLength: 2, maxLength: 3 })),
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc
    .constantFrom(
      '{"hook":',
      '{"__proto__":{"hook":"SyncError"}}',
      '\ufeff{}',
      `${'['.repeat(5000)}`,
    )
    .map((text) => new TextEncoder().encode(text)),
);

test('no bytes in header or body make the receiver answer 500, stop, or believe them (P6, Q8)', async () => {
  await using app = await openApp({ provision: { sources } });
  const before = (await timelineOf(app)).length;

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources.slice(0, 3)),
      headers,
      bytes,
      async (source, given, body) => {
        const { status } = await app.deliver({
          path: pathOf(source),
          headers: { 'content-type': 'application/json', ...given },
          body,
        });
        expect([400, 401, 403]).toContain(status);
      },
    ),
    { numRuns: 150 },
  );
  await fc.assert(
    fc.asyncProperty(headers, bytes, async (given, body) => {
      const { status } = await app.deliver({
        path: pathOf(sources[3] ?? kryptosSource()),
        headers: { 'content-type': 'application/json', ...given },
        body,
      });
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 100 },
  );
  expect((await timelineOf(app)).filter(({ sourceId }) => sourceId !== 'unsigned')).toHaveLength(
    before,
  );
  expect((await app.deliver(costBasisCompleted(kryptosSource()))).status).toBe(200);
});
