import { expect, test } from 'vitest';
import { createEndpointWatch, type Reached } from '../../electron/insight/endpoints.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';

const rejected = (
  at: number,
  reason: RejectionReason = 'signature-wrong',
  simulated = false,
): Reached => ({
  ...{ sourceId: 'main', at, outcome: 'rejected', reason, number: at, simulated },
});
const accepted = (at: number, provenHost: string | null = null): Reached => ({
  ...{ sourceId: 'main', at, outcome: 'accepted', seq: at, provenHost, simulated: false },
});

test('a stranger who posts beside an endpoint hides nothing of what reached it', () => {
  const watch = createEndpointWatch();
  watch.strayed('main', 1);
  expect(watch.of('main').lastDelivery).toEqual({ outcome: 'wrong-path', at: 1 });
  watch.note(rejected(2));
  watch.strayed('main', 3);
  expect(watch.of('main').lastDelivery).toMatchObject({ outcome: 'rejected', at: 2 });
});

test('three rejections in a row open a condition that counts each reason; one accepted delivery closes it', () => {
  const watch = createEndpointWatch();
  expect([1, 2].map((at) => watch.note(rejected(at)))).toEqual([false, false]);
  expect(watch.conditionOf('main')).toBeNull();
  expect(watch.note(rejected(3, 'content-type'))).toBe(true);
  expect(watch.note(rejected(4))).toBe(false);
  expect(watch.conditionOf('main')).toEqual({
    since: 1,
    reasons: [
      { reason: 'signature-wrong', times: 3 },
      { reason: 'content-type', times: 1 },
    ],
  });
  watch.note(accepted(5));
  expect(watch.conditionOf('main')).toBeNull();
  expect(watch.of('main')).toMatchObject({ accepted: 1, rejected: 4, tests: 0 });
});

test('tests are counted as tests, and neither open nor close a condition', () => {
  const watch = createEndpointWatch();
  for (const at of [1, 2, 3]) watch.note(rejected(at, 'signature-wrong', true));
  expect(watch.conditionOf('main')).toBeNull();
  expect(watch.of('main')).toMatchObject({ rejected: 0, tests: 3, lastDelivery: null });
});

test('what is saved knows as much when it is loaded, and under which host a signature was last believed', () => {
  const watch = createEndpointWatch();
  watch.note(accepted(1, 'hooks.example'));
  watch.note(accepted(2));
  for (const at of [3, 4, 5]) watch.note(rejected(at));
  const again = createEndpointWatch();
  again.load(watch.save());
  expect(again.conditionOf('main')).toMatchObject({ since: 3 });
  expect(again.provenHost).toBe('hooks.example');
  expect(again.save()).toMatchObject({ entriesUpTo: 2, rejectedUpTo: 5 });
});
