/**
 * The sources that deliveries are sent to, with made-up secrets: the same for everybody who is measured.
 *
 * @type {import('./programs/deliveries.ts').Sources}
 */
export const sources = {
  kryptos: {
    id: 'kryptos',
    provider: 'kryptos',
    name: 'Kryptos',
    token: 'token-of-kryptos-0123456789abcdef',
    secrets: ['whsec_bench_kryptos_0123456789abcdef'],
  },
  simplehash: {
    id: 'simplehash',
    provider: 'simplehash',
    name: 'SimpleHash',
    token: 'token-of-simplehash-0123456789abcdef',
    secrets: ['c2ltcGxlaGFzaC1iZW5jaC1rZXktMDEyMzQ1Njc4OQ=='],
  },
};

/**
 * The provisioning file of the app under measure.
 *
 * @param {number} port
 */
export const provision = (port) => ({ receiver: { port }, sources: Object.values(sources) });
