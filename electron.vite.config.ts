import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Everything is bundled: one file for main starts faster than a folder of modules. Only ngrok's native module cannot be.
const bundled = { externalizeDeps: false, minify: true } as const;

export default defineConfig({
  main: {
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
    build: { rolldownOptions: { input: 'renderer/index.html' } },
    plugins: [react()],
  },
});
