/** Smaller chunks are copied together. */
const smallBytes = 4096;
const blockBytes = 16 * 1024;

export type BodyBuffer = {
  readonly add: (chunk: Buffer) => void;
  /** All chunks in order. */
  readonly whole: () => Buffer;
  readonly drop: () => void;
};

/**
 * Collects a body's chunks. A chunk is an object of some 400 bytes beside its content, so small ones are copied into blocks. Nearly all
 * bodies are one chunk, which is not copied.
 */
export const createBodyBuffer = (): BodyBuffer => {
  let pieces: Buffer[] = [];
  /** Where small chunks go, and how much of it is used. */
  let block: Buffer | null = null;
  let used = 0;

  const endBlock = (): void => {
    if (!block || used === 0) return;
    const filled = block.subarray(0, used);
    if (used < blockBytes / 2) {
      // A copy costs less than a block that is mostly empty, and the block is used again.
      pieces.push(Buffer.from(filled));
    } else {
      pieces.push(filled);
      block = null;
    }
    used = 0;
  };
  const isSmall = ({ byteLength }: Buffer): boolean => byteLength < smallBytes;

  return {
    add: (chunk) => {
      if (!isSmall(chunk) || (pieces.length === 0 && !block)) {
        endBlock();
        pieces.push(chunk);
        return;
      }
      if (block && used + chunk.byteLength > block.byteLength) endBlock();
      block ??= Buffer.allocUnsafeSlow(blockBytes);
      used += chunk.copy(block, used);
    },
    whole: () => {
      endBlock();
      const [only = Buffer.alloc(0)] = pieces;
      return pieces.length < 2 ? only : Buffer.concat(pieces);
    },
    drop: () => {
      pieces = [];
      block = null;
    },
  };
};
