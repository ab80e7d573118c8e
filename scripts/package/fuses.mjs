import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';

/** What an installed Hookbell's runtime may do (E10). */
const WANTED = new Map([
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
  [FuseV1Options.WasmTrapHandlers, true],
]);

/**
 * Sets every fuse of a runtime and reads them back. Rejects for a fuse that is not listed here: a new Electron may bring one, and
 * somebody has to decide about it.
 *
 * @param {string} executable
 * @param {{ resetAdHocDarwinSignature?: boolean }} [options]
 */
export async function setFuses(executable, options = {}) {
  const present = await fusesOf(executable);
  const unknown = present.filter(({ fuse }) => !WANTED.has(fuse));
  if (unknown.length > 0)
    throw new Error(
      `This Electron has fuses that scripts/package/fuses.mjs does not list: number ${unknown.map(({ fuse }) => fuse).join(', ')}.`,
    );
  /** @type {Partial<Record<FuseV1Options, boolean>>} */
  const settings = Object.fromEntries(present.map(({ fuse }) => [fuse, WANTED.get(fuse)]));
  await flipFuses(executable, { version: FuseVersion.V1, ...options, ...settings });
  const wrong = await wrongFuses(executable);
  if (wrong.length > 0) throw new Error(`These fuses could not be set: ${wrong.join(', ')}.`);
}

/**
 * The names of fuses that are not as wanted.
 *
 * @param {string} executable
 */
export async function wrongFuses(executable) {
  const present = await fusesOf(executable);
  return present
    .filter(
      ({ fuse, state }) => state !== (WANTED.get(fuse) ? FuseState.ENABLE : FuseState.DISABLE),
    )
    .map(({ fuse }) => FuseV1Options[fuse] ?? `number ${fuse}`);
}

/** @param {string} executable */
async function fusesOf(executable) {
  const { version: _, ...wire } = await getCurrentFuseWire(executable);
  return Object.entries(wire)
    .filter(([fuse]) => /^\d+$/.test(fuse))
    .map(([fuse, state]) => ({ fuse: Number(fuse), state: Number(state) }));
}
