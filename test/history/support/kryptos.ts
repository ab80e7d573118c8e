import { createHmac } from 'node:crypto';

// Not from support/deliveries.ts: that reads the fixtures when it is loaded, which a bundled program has left behind.
const ours = 'whsec_test_kryptos_0123456789abcdef';
const token = 'token-of-kryptos-killed-0123456789abcdef';

export const source = {
  ...{ id: 'kryptos-main', provider: 'kryptos', name: 'Kryptos', token, secrets: [ours] },
};

/** A delivery as Kryptos signs it, under an id. */
export const delivery = (id: string, secret = ours) => {
  const body = JSON.stringify({
    id,
    event: 'costbasis.completed',
    timestamp: '2026-02-20T18:10:21.114Z',
    data: {
      uid: 'user_123',
      action: 'ACCOUNT_MANAGER',
      status: 'completed',
      reason: null,
      timestamp: 1771611020990,
    },
  });
  return {
    path: `/hooks/kryptos/${token}`,
    headers: {
      'content-type': 'application/json',
      'x-webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
    body,
  };
};
