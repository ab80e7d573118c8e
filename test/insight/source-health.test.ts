import { expect, test } from 'vitest';
import { createSourceHealth, type DeliveryOutcome } from '../../electron/insight/source-health.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';

const rejected = (
  at: number,
  reason: RejectionReason = 'signature-wrong',
  simulated = false,
): DeliveryOutcome => ({
  sourceId: 'main',
  at,
  outcome: 'rejected',
  reason,
  number: at,
  simulated,
});
const accepted = (at: number, provenHost: string | null = null): DeliveryOutcome => ({
  sourceId: 'main',
  at,
  outcome: 'accepted',
  seq: at,
  provenHost,
  simulated: false,
});

test('a request with a wrong path does not hide a delivery that reached the endpoint', () => {
  const sourceHealth = createSourceHealth();
  sourceHealth.noteWrongPath('main', 1);
  expect(sourceHealth.of('main').lastDelivery).toEqual({ outcome: 'wrong-path', at: 1 });
  sourceHealth.apply(rejected(2));
  sourceHealth.noteWrongPath('main', 3);
  expect(sourceHealth.of('main').lastDelivery).toMatchObject({ outcome: 'rejected', at: 2 });
});

test('three rejections in a row open a condition that counts each reason; one accepted delivery closes it', () => {
  const sourceHealth = createSourceHealth();
  expect([1, 2].map((at) => sourceHealth.apply(rejected(at)))).toEqual([false, false]);
  expect(sourceHealth.conditionOf('main')).toBeNull();
  expect(sourceHealth.apply(rejected(3, 'content-type'))).toBe(true);
  expect(sourceHealth.apply(rejected(4))).toBe(false);
  expect(sourceHealth.conditionOf('main')).toEqual({
    since: 1,
    reasons: [
      { reason: 'signature-wrong', times: 3 },
      { reason: 'content-type', times: 1 },
    ],
  });
  sourceHealth.apply(accepted(5));
  expect(sourceHealth.conditionOf('main')).toBeNull();
  expect(sourceHealth.of('main')).toMatchObject({ accepted: 1, rejected: 4, tests: 0 });
});

test('simulated deliveries count separately and do not open or close a condition', () => {
  const sourceHealth = createSourceHealth();
  for (const at of [1, 2, 3]) sourceHealth.apply(rejected(at, 'signature-wrong', true));
  expect(sourceHealth.conditionOf('main')).toBeNull();
  expect(sourceHealth.of('main')).toMatchObject({ rejected: 0, tests: 3, lastDelivery: null });
});

test('saved health loads without loss, the proven host included', () => {
  const sourceHealth = createSourceHealth();
  sourceHealth.apply(accepted(1, 'hooks.example'));
  sourceHealth.apply(accepted(2));
  for (const at of [3, 4, 5]) sourceHealth.apply(rejected(at));
  const again = createSourceHealth();
  again.load(sourceHealth.save());
  expect(again.conditionOf('main')).toMatchObject({ since: 3 });
  expect(again.provenHost).toBe('hooks.example');
  expect(again.save()).toMatchObject({ entriesUpTo: 2, rejectedUpTo: 5 });
});
