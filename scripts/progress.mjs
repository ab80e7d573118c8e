const SPARSE_MS = 10_000;

/**
 * Shows the progress of a long step: one rewritten line on a terminal, elsewhere a line every ten seconds.
 *
 * @param {string} step
 */
export function startProgress(step) {
  const { stderr } = process;
  let toldAt = Date.now();
  stderr.write(stderr.isTTY ? `${step} …` : `${step} …\n`);

  return {
    /** @param {string} state */
    tell(state) {
      if (stderr.isTTY) return stderr.write(`\r\u001B[2K${step}: ${state}`);
      if (Date.now() - toldAt < SPARSE_MS) return false;
      toldAt = Date.now();
      return stderr.write(`${step}: ${state}\n`);
    },
    done() {
      if (stderr.isTTY) stderr.write('\r\u001B[2K');
    },
  };
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1_000_000)} MB`;
