/** Warnings and errors notify by default, whatever their kind. */
export const severities = ['info', 'success', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/**
 * The provider-neutral kinds of events. `notifies` is the default for severities info and success; `many` follows a number; `is:failed` finds
 * kinds with `fails`; a digest always names `grave` kinds (N6). This file does not import zod, so the window can import its values.
 */
export const kinds = {
  'sync.failed': {
    label: 'Sync failed',
    many: 'accounts could not sync',
    notifies: true,
    fails: true,
    grave: true,
  },
  'sync.completed': {
    label: 'Synced',
    many: 'accounts changed',
    notifies: false,
    fails: false,
    grave: false,
  },
  'connection.added': {
    label: 'Connection added',
    many: 'connections added',
    notifies: false,
    fails: false,
    grave: false,
  },
  'connection.removed': {
    label: 'Connection removed',
    many: 'connections removed',
    notifies: false,
    fails: false,
    grave: false,
  },
  'removal.failed': {
    label: 'Removal failed',
    many: 'removals failed',
    notifies: true,
    fails: true,
    grave: false,
  },
  'nft.received': {
    label: 'NFT received',
    many: 'NFTs received',
    notifies: true,
    fails: false,
    grave: true,
  },
  'nft.sent': {
    label: 'NFT sent',
    many: 'NFTs left your wallets',
    notifies: true,
    fails: false,
    grave: true,
  },
  'nft.moved': {
    label: 'NFT moved',
    many: 'NFTs moved',
    notifies: true,
    fails: false,
    grave: false,
  },
  'contract.activity': {
    label: 'Contract activity',
    many: 'events in contracts you watch',
    notifies: false,
    fails: false,
    grave: false,
  },
  'nft.metadata': {
    label: 'NFT details changed',
    many: 'NFT updates',
    notifies: false,
    fails: false,
    grave: false,
  },
  'run.started': {
    label: 'Recalculation started',
    many: 'recalculations started',
    notifies: false,
    fails: false,
    grave: false,
  },
  'transfers.completed': {
    label: 'Transfers matched',
    many: 'transfer matchings completed',
    notifies: false,
    fails: false,
    grave: false,
  },
  'costbasis.completed': {
    label: 'Cost basis completed',
    many: 'recalculations finished',
    notifies: true,
    fails: false,
    grave: false,
  },
  'run.failed': {
    label: 'Recalculation failed',
    many: 'recalculations failed',
    notifies: true,
    fails: true,
    grave: true,
  },
} as const satisfies Record<
  string,
  { label: string; many: string; notifies: boolean; fails: boolean; grave: boolean }
>;

export type EventKind = keyof typeof kinds;

/** The kind of a timeline row. */
export type RowKind = EventKind | 'unrecognized';

export const eventKinds = Object.keys(kinds) as [EventKind, ...EventKind[]];
export const rowKinds: [RowKind, ...RowKind[]] = [...eventKinds, 'unrecognized'] as const;
