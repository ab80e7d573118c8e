import { deserializeChecked, serializeChecked } from '../history/lines.ts';

/**
 * How every store is made (H8, H9): compact JSON with a checksum in front, no schema (Ajv would compile and check it at every
 * access), no encryptionKey, no migrations, no watching; a damaged file throws instead of becoming an empty one.
 */
export const storeOptions = (folder: string, name: string) => ({
  cwd: folder,
  name,
  accessPropertiesByDotNotation: false,
  clearInvalidConfig: false,
  configFileMode: 0o600,
  serialize: serializeChecked,
  deserialize: deserializeChecked,
});
