/** The statuses of all documented versions of the webhooks and of the v2 read API. */
const statuses = [
  'active',
  'cancelled',
  'completed',
  'deleted',
  'deleting',
  'error',
  'failed',
  'in progress',
  'inactive',
  'ongoing',
  'partially synced',
  'pending',
  'queued',
  'suspended',
  'syncing',
] as const;
export type Status = (typeof statuses)[number];

/** Parses a status in any letter case, with `_`, `-` or blanks between words; null for an unknown one. */
export function statusOf(text: string | null): Status | null {
  const plain = text
    ?.toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return statuses.find((status) => status === plain) ?? null;
}
