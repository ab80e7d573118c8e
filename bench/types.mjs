/**
 * What every part is given.
 *
 * @typedef {object} Bench
 * @property {boolean} quick
 * @property {number} rounds
 * @property {string} programs the folder of the bundled programs
 * @property {string} work a folder for everything that is written
 * @property {number} port a free one, for one server at a time
 * @property {string | null} electron the executable, where there is one
 */
export {};
