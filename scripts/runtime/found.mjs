/**
 * An Electron that runs here. `origin` is a phrase for people.
 *
 * @typedef {{ executable: string, version: string, origin: string }} Found
 */

/** Why there is no Electron, in a message that says what to do. */
export class RuntimeProblem extends Error {}
