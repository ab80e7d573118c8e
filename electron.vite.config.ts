import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Each bundle lists the libraries in it. Settings → About shows these files. */
const license = { fileName: 'licenses.json' };

// One file for main starts faster than a folder of modules. ngrok's native module alone cannot be bundled.
const bundled = { externalizeDeps: false, minify: true, license } as const;

const stub = (name: string) =>
  fileURLToPath(new URL(`electron/edges/stubs/${name}`, import.meta.url));

/** Of electron-store's engine alone: electron-updater compares versions with the real `semver`. */
const stubs = new Map([
  ['ajv/dist/2020.js', stub('no-schemas.ts')],
  ['ajv-formats', stub('no-schemas.ts')],
  ['semver', stub('no-migrations.ts')],
]);
const withStubs = {
  name: 'stubs-of-conf',
  enforce: 'pre',
  resolveId: (source: string, importer: string | undefined) =>
    importer && /node_modules[\\/]conf[\\/]/.test(importer) ? stubs.get(source) : undefined,
} as const;

/** Lists what is shipped beside the bundle, as `build.license` lists what is in it. */
const licensesOf = (folders: readonly string[]): Plugin => ({
  name: 'licenses-of-shipped',
  generateBundle() {
    const listed = folders.map((name) => {
      const folder = new URL(`${name}/`, import.meta.url);
      const textOf = (file: string) =>
        readFileSync(new URL(file, folder), 'utf8')
          .replace(/^\s*\n/, '')
          .trimEnd();
      const {
        productName,
        name: packageName,
        version,
        license,
      } = JSON.parse(textOf('package.json'));
      const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
      const text = files.map(textOf).join('\n\n\n');
      return { name: productName ?? packageName, version, identifier: license, text };
    });
    const source = JSON.stringify(listed, null, 2);
    this.emitFile({ type: 'asset', fileName: 'shipped-licenses.json', source });
  },
});

const ngrok = '@ngrok/ngrok';

export default defineConfig({
  main: {
    plugins: [withStubs, licensesOf(['.', `node_modules/${ngrok}`])],
    build: {
      ...bundled,
      rolldownOptions: {
        input: ['electron/main.ts', 'electron/edges/tunnel/agent.ts'],
        external: [ngrok],
      },
    },
  },
  preload: {
    build: {
      ...bundled,
      rolldownOptions: {
        input: 'electron/preload.ts',
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // In kB: what test/electron/bundle.spec.ts lets it grow to.
    build: {
      minify: true,
      license,
      chunkSizeWarningLimit: 700,
      rolldownOptions: { input: 'renderer/index.html' },
    },
    plugins: [react()],
  },
});
