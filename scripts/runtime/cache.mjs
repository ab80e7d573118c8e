import { homedir } from 'node:os';
import path from 'node:path';

/** The folder of downloaded runtimes, which all clones of the repository share. */
export const cacheFolder = () =>
  path.resolve(
    process.env.HOOKBELL_CACHE ||
      path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'hookbell'),
  );
