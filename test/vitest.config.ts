import { availableParallelism, tmpdir, userInfo } from 'node:os';
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
        // The inner loop, half a minute: files of one worker share their modules, and tests that wait leave the processor to others.
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          isolate: false,
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
      {
        // What is long: kills, bit rot, failing disks, power cuts, many processes, large histories, faults of the tunnel.
        extends: true,
        test: { name: 'durability', include: ['test/**/*.durability.ts'], testTimeout: 120_000 },
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
        // Installs, upgrades and removes the package of the whole system: one file at a time.
        extends: true,
        test: {
          name: 'installed',
          include: ['test/installed/**/*.installed.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Takes minutes: faults that last as long as real ones, five times each.
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
