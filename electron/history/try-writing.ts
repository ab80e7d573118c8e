import type { Folder } from './folder.ts';

const bytes = 64 * 1024;

/** Writes a little beside the history and takes it away again. Rejects with the system's error; what a crash leaves is tidied (H12). */
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
