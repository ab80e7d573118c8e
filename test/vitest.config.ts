import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Before a worker starts: a process takes its time zone from the environment it is born with.
process.env.TZ = 'UTC';

const SPECS = 'test/specs/**/*.spec.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: path.join(tmpdir(), `hookbell-vitest-${userInfo().uid}`),
  test: {
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/specs/**', 'test/electron/**'],
        },
      },
      {
        extends: true,
        test: { name: 'memory', include: [SPECS], env: { HOOKBELL_BODY: 'memory' } },
      },
      {
        // Each starts a session bus of its own, which takes Linux and dbus-daemon.
        extends: true,
        test: { name: 'bus', include: ['test/**/*.bus.ts'] },
      },
      {
        // Mounts a disk of its own, which takes root.
        extends: true,
        test: { name: 'root', include: ['test/**/*.root.ts'], testTimeout: 120_000 },
      },
      {
        // Minutes, not seconds: faults as long as in life, five times each.
        extends: true,
        test: { name: 'soak', include: ['test/**/*.soak.ts'], testTimeout: 1_200_000 },
      },
      {
        extends: true,
        test: {
          name: 'electron',
          include: [SPECS, 'test/electron/**/*.spec.ts'],
          env: { HOOKBELL_BODY: 'electron' },
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One app on the screen at a time; the other projects come before it.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
