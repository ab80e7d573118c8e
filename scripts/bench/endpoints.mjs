/** Made-up secrets and tokens: where deliveries go, for all who receive them. */
export const endpoints = {
  kryptos: {
    path: '/hooks/kryptos/token-of-kryptos-0123456789abcdef',
    secret: 'whsec_bench_kryptos_0123456789abcdef',
  },
  simplehash: {
    path: '/hooks/simplehash/token-of-simplehash-0123456789abcdef',
    secret: 'c2ltcGxlaGFzaC1iZW5jaC1rZXktMDEyMzQ1Njc4OQ==',
  },
};

/**
 * The provisioning file of the app under measure.
 *
 * @param {number} port
 */
export const provision = (port) => ({
  receiver: { port },
  sources: Object.entries(endpoints).map(([provider, { path, secret }]) => ({
    id: provider,
    provider,
    name: provider,
    token: path.slice(path.lastIndexOf('/') + 1),
    secrets: [secret],
  })),
});
