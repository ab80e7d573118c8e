import { expect, test } from 'vitest';
import { createEndpointWatch } from '../../electron/insight/endpoints.ts';

test('a stranger who posts beside an endpoint hides nothing of what reached it', () => {
  const watch = createEndpointWatch();
  watch.strayed('main', 1);
  expect(watch.of('main').lastDelivery).toEqual({ outcome: 'wrong-path', at: 1 });
  watch.note('main', 2, { outcome: 'rejected', reason: 'signature-wrong', number: null });
  watch.strayed('main', 3);
  expect(watch.of('main').lastDelivery).toMatchObject({ outcome: 'rejected', at: 2 });
});
