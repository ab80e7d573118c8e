import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Everything is bundled: one file for main starts faster than a folder of modules. Only ngrok's native module cannot be.
const bundled = { externalizeDeps: false, minify: true } as const;

/**
 * What electron-store's engine loads in order to check schemas and to migrate, which no store of ours does (H8): it would be
 * half of the bundle, read at every start. A store that did would fail as soon as it is made.
 */
const neverUsed = new Map([
  ['ajv/dist/2020.js', 'export class Ajv2020 {}'],
  ['ajv-formats', 'export default {}'],
  ['semver', 'export default {}'],
]);
const withoutNeverUsed = {
  name: 'without-never-used',
  enforce: 'pre',
  resolveId: (id: string) => (neverUsed.has(id) ? `\0${id}` : null),
  load: (id: string) => neverUsed.get(id.slice(1)) ?? null,
} as const;

export default defineConfig({
  main: {
    plugins: [withoutNeverUsed],
    build: {
      ...bundled,
      rolldownOptions: {
        input: ['electron/main.ts', 'electron/edges/tunnel/agent.ts'],
        external: ['@ngrok/ngrok'],
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
      chunkSizeWarningLimit: 700,
      rolldownOptions: { input: 'renderer/index.html' },
    },
    plugins: [react()],
  },
});
