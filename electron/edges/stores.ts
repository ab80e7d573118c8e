import { deserializeChecked, serializeChecked } from '../storage/checked-json.ts';
import type { StoreFactory } from './folder.ts';

type Content = Record<string, unknown>;

/**
 * How every store is made (H8, H9): compact JSON with a checksum in front, no schema (Ajv would compile and check it at every
 * access), no encryptionKey, no migrations, no watching; a damaged file throws instead of becoming an empty one.
 */
const optionsOf = (folder: string, name: string, onRead: (content: Content) => void) => ({
  cwd: folder,
  name,
  accessPropertiesByDotNotation: false,
  clearInvalidConfig: false,
  configFileMode: 0o600,
  serialize: serializeChecked,
  deserialize: (text: string): Content => {
    const content = deserializeChecked(text);
    onRead(content);
    return content;
  },
});

/** Stores as `make` makes one: electron-store in the app, and its engine in plain Node. */
export const storesMadeBy =
  (make: (options: ReturnType<typeof optionsOf>) => { store: Content }): StoreFactory =>
  (folder, name) => {
    let read: Content = {};
    let made: { store: Content } | null = null;
    const open = () => {
      made ??= make(
        optionsOf(folder, name, (content) => {
          read = content;
        }),
      );
      return made;
    };

    /** Making one reads the file, and so does asking it; a file of megabytes is not to be read twice. */
    const content = (): Content => {
      if (made) return made.store;
      open();
      const first = read;
      read = {};
      return first;
    };

    return {
      read: () => {
        const found = content();
        return Object.keys(found).length === 0 ? undefined : found;
      },
      write: (value) => {
        open().store = value;
        read = {};
      },
    };
  };
