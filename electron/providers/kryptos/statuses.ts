/** Every status that Kryptos names: seed 001, its later pages and the v2 read API. */
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

/** The status a text names, in any letter case and with `_`, `-` or blanks between its words; null for any other. */
export function statusOf(text: string | null): Status | null {
  const plain = text
    ?.toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return statuses.find((status) => status === plain) ?? null;
}
