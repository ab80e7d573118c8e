const minute = 60_000;

/** The text of an export: so many Kryptos events, one a minute from `firstAt` (epoch ms) on. */
export const oldEvents = (count: number, firstAt: number): string =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      receivedAt: firstAt + at * minute,
      source: 'kryptos-main',
      provider: 'kryptos',
      status: 'event',
      headers: {},
      body: JSON.stringify({
        id: `whd_${at}`,
        event: 'integration.failed',
        data: { walletId: `w_${at}`, providerPublicName: `Exchange ${at}` },
      }),
    }),
  ).join('\n');
