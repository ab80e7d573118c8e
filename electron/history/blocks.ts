/**
 * What is known of entries beside the log is kept in a file for so many of them, so that a change costs the same however
 * long the history is.
 */
const blockSize = 2048;

export const blockOf = (seq: number): number => Math.floor(seq / blockSize);
export const firstSeqOf = (block: number): number => block * blockSize;
export const lastSeqOf = (block: number): number => (block + 1) * blockSize - 1;

/** Named by the first sequence number it can speak of; without `.json`. */
export const blockName = (kind: string, block: number): string =>
  `${kind}-${String(firstSeqOf(block)).padStart(8, '0')}`;

/** The blocks of a kind among the files of a folder, oldest first. */
export const blocksAmong = (kind: string, files: readonly string[]): number[] => {
  const pattern = new RegExp(`^${kind}-(\\d{8,})\\.json$`);
  const found = files.flatMap((file) => pattern.exec(file)?.[1] ?? []).map(Number);
  return found.map(blockOf).sort((one, other) => one - other);
};

/** The block that a file of a kind is of, also one that was set aside; null for another file. */
export const blockOfFile = (kind: string, file: string): number | null => {
  const [, first] = new RegExp(`^${kind}-(\\d{8,})\\.json(\\.corrupt-|$)`).exec(file) ?? [];
  return first === undefined ? null : blockOf(Number(first));
};
