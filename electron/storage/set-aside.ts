import type { Folder } from './folder.ts';

/** Whether the content caused an error. An error of the system may be gone tomorrow. */
export const isDamage = (error: unknown): boolean =>
  !(error instanceof Error && 'code' in error && typeof error.code === 'string');

/** Renames a file so that a person may look at it, if there is one; false when the system refuses. */
export async function setAside(folder: Folder, file: string): Promise<boolean> {
  try {
    const copies = (await folder.list()).filter((name) => name.startsWith(`${file}.corrupt-`));
    await folder.rename(file, `${file}.corrupt-${copies.length + 1}`);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
