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
  /** Where it is mounted. */
  readonly path: string;
  /**
   * Puts the disk as it is now, without what the system has only in memory, in the place of the mounted one: what a power cut leaves.
   * Nobody may write meanwhile; `before` is called when the copy is made, and has to let go of every file.
   */
  cutPower(before: () => Promise<void>): Promise<void>;
};

/** A file system of so many MiB in a file, mounted for as long as `use` takes. Takes root; throws with the system's own words. */
export async function onMountedImage<T>(
  mebibytes: number,
  use: (image: MountedImage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-image-'));
  const [image, copy, path] = ['image', 'copy', 'mounted'].map((name) => join(folder, name));
  if (!image || !copy || !path) throw new Error('There is no place for an image');
  // Nothing but what is asked for goes to the disk for ten minutes: else the copy might catch it in the middle.
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

/** A small file system at a path, for as long as `use` takes: an image, or memory where the system has no loop devices. Takes root. */
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
