import type { Folder } from './folder.ts';

/** Whether an error is the content's fault. The system's own may be gone tomorrow, and say nothing of the content. */
export const isDamage = (error: unknown): boolean =>
  !(error instanceof Error && 'code' in error && typeof error.code === 'string');

/** Moves a file out of the way, where a person may look at it, if there is one; false when the system refuses. */
export async function setAside(folder: Folder, file: string): Promise<boolean> {
  try {
    const copies = (await folder.list()).filter((name) => name.startsWith(`${file}.corrupt-`));
    await folder.rename(file, `${file}.corrupt-${copies.length + 1}`);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
