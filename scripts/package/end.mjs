/**
 * Ends the process with an exit code. electron-builder's library for temporary files exits with 0 where a process with another
 * `process.exitCode` comes to its end by itself.
 *
 * @param {number} code
 * @returns {never}
 */
export const endWith = (code) => process.exit(code);
