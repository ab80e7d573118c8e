import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type MountedImage = {
  /** The mount point. */
  readonly path: string;
  /**
   * Replaces the mounted disk by what a power cut would leave: its content without the system's cache. Nobody may write meanwhile;
   * `before` has to close every file.
   */
  cutPower(before: () => Promise<void>): Promise<void>;
};

/** Mounts a file system of so many MiB, kept in a file, while `use` runs. Needs root; throws the system's own error. */
export async function onMountedImage<T>(
  mebibytes: number,
  use: (image: MountedImage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-image-'));
  const [image, copy, path] = ['image', 'copy', 'mounted'].map((name) => join(folder, name));
  if (!image || !copy || !path) throw new Error('There is no place for an image');
  // No background commit for ten minutes: the copy could catch one halfway.
  const mount = () => run('mount', '-o', 'loop,commit=600', image, path);
  try {
    writeFileSync(image, '');
    truncateSync(image, mebibytes * 2 ** 20);
    run('mkfs.ext4', '-q', '-m', '0', image);
    mkdirSync(path);
    mount();
    try {
      return await use({
        path,
        cutPower: async (before) => {
          run('cp', '--sparse=always', image, copy);
          await before();
          run('umount', path);
          renameSync(copy, image);
          mount();
        },
      });
    } finally {
      run('umount', path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mounts a small file system while `use` runs: an image, or memory where the system has no loop devices. Needs root. */
export function onSmallDisk<T>(mebibytes: number, use: (path: string) => Promise<T>): Promise<T> {
  return existsSync('/dev/loop-control')
    ? onMountedImage(mebibytes, ({ path }) => use(path))
    : onMemoryDisk(mebibytes, use);
}

async function onMemoryDisk<T>(mebibytes: number, use: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-disk-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'hookbell', path);
    try {
      return await use(path);
    } finally {
      run('umount', path);
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' });
