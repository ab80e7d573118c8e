import type { Folder } from './folder.ts';

const bytes = 64 * 1024;

/** Writes a few bytes and removes them. Rejects with the system's error; a start removes what a crash leaves (H12). */
export async function tryWriting(folder: Folder): Promise<void> {
  const name = 'try.tmp-0';
  const appender = await folder.openAppender(name);
  try {
    await appender.append(new Uint8Array(bytes));
  } finally {
    await appender.close();
    await folder.remove(name);
  }
}
