/**
 * Marks and idempotency keys are stored in a file for so many entries, so that a change costs the same however long the history is.
 */
const blockSize = 2048;

export const blockOf = (seq: number): number => Math.floor(seq / blockSize);
export const firstSeqOf = (block: number): number => block * blockSize;
export const lastSeqOf = (block: number): number => (block + 1) * blockSize - 1;

/** Named by its first sequence number; without `.json`. */
export const blockName = (kind: string, block: number): string =>
  `${kind}-${String(firstSeqOf(block)).padStart(8, '0')}`;

/** The blocks of a kind among the files of a folder, oldest first. */
export const blocksAmong = (kind: string, files: readonly string[]): number[] => {
  const pattern = new RegExp(`^${kind}-(\\d{8,})\\.json$`);
  const found = files.flatMap((file) => pattern.exec(file)?.[1] ?? []).map(Number);
  return found.map(blockOf).sort((one, other) => one - other);
};

/** The block of a file, also of one that was set aside; null for a file of another kind. */
export const blockOfFile = (kind: string, file: string): number | null => {
  const [, first] = new RegExp(`^${kind}-(\\d{8,})\\.json(\\.corrupt-|$)`).exec(file) ?? [];
  return first === undefined ? null : blockOf(Number(first));
};
