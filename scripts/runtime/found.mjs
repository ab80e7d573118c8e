/**
 * A usable Electron. `origin` says in words where it comes from.
 *
 * @typedef {{ executable: string, version: string, origin: string }} Found
 */

/** Why Electron could not be had, in words a person can act on. */
export class RuntimeProblem extends Error {}
