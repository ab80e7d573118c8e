/** How loudly an event speaks. Warnings and errors pop up by default, whatever their kind. */
export const severities = ['info', 'success', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/**
 * What a provider's event means, whoever sent it. `notifies` is the default for events of severity info and success
 * (the kinds table of the product description); `many` follows a number. Free of zod, so that the window can use the values.
 */
export const kinds = {
  'sync.failed': { label: 'Sync failed', many: 'syncs failed', notifies: true },
  'sync.completed': { label: 'Synced', many: 'accounts changed', notifies: false },
  'connection.added': { label: 'Connection added', many: 'connections added', notifies: false },
  'connection.removed': {
    label: 'Connection removed',
    many: 'connections removed',
    notifies: false,
  },
  'removal.failed': { label: 'Removal failed', many: 'removals failed', notifies: true },
  'nft.received': { label: 'NFT received', many: 'NFTs received', notifies: true },
  'nft.sent': { label: 'NFT sent', many: 'NFTs left your wallets', notifies: true },
  'nft.moved': { label: 'NFT moved', many: 'NFTs moved', notifies: true },
  'contract.activity': {
    label: 'Contract activity',
    many: 'events in contracts you watch',
    notifies: false,
  },
  'nft.metadata': { label: 'NFT details changed', many: 'NFT updates', notifies: false },
  'run.started': {
    label: 'Recalculation started',
    many: 'recalculations started',
    notifies: false,
  },
  'transfers.completed': {
    label: 'Transfers matched',
    many: 'transfer matchings completed',
    notifies: false,
  },
  'costbasis.completed': {
    label: 'Cost basis completed',
    many: 'recalculations finished',
    notifies: true,
  },
  'run.failed': { label: 'Recalculation failed', many: 'recalculations failed', notifies: true },
} as const satisfies Record<string, { label: string; many: string; notifies: boolean }>;

export type EventKind = keyof typeof kinds;

/** What a row of the timeline can be filtered by: an event's kind, or not understood at all. */
export type RowKind = EventKind | 'unrecognized';

export const eventKinds = Object.keys(kinds) as [EventKind, ...EventKind[]];
export const rowKinds: [RowKind, ...RowKind[]] = [...eventKinds, 'unrecognized'] as const;
