import type { ProviderEvent } from '../../shared/event.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

export const noon = Date.UTC(2026, 10, 21, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const kryptos: ProviderInfo = {
  id: 'kryptos',
  name: 'Kryptos',
  letter: 'K',
  secret: 'required',
  secretHint: null,
  clientIdLabel: null,
  publishedAddresses: [],
  hasAccounts: true,
  portalHost: null,
  steps: ['Paste the URL'],
  note: null,
  afterGap: 'Kryptos tries for a while.',
  silenceCauses: [],
  simulations: [],
};

type EventEntry = Extract<TimelineEntry, { status: 'event' }>;

const arrival = {
  id: '0190b1c2-0001-7abc-8def-000000000001',
  seq: 1,
  sourceId: 'main',
  provider: 'kryptos',
  receivedAt: noon,
  proof: { status: 'verified', secret: 0 },
  simulated: false,
  conflicts: false,
  seen: true,
  duplicates: 0,
  notes: [],
  notification: null,
} satisfies Omit<EventEntry, 'status' | 'event'>;

export const entryOf = (
  event: Partial<ProviderEvent> = {},
  more: Partial<Omit<EventEntry, 'status' | 'event'>> = {},
): EventEntry => ({
  ...arrival,
  ...more,
  status: 'event',
  event: {
    kind: 'sync.failed',
    type: 'integration.failed',
    title: 'Binance could not sync',
    summary: 'API key refused',
    severity: 'error',
    occurredAt: null,
    account: null,
    ...event,
  },
});

export const unrecognized = (type: string | null): TimelineEntry => ({
  ...arrival,
  status: 'unrecognized',
  type,
});
