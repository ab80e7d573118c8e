import { homedir } from 'node:os';
import path from 'node:path';

/** Where downloaded runtimes are kept: outside the repository, so that every clone finds them. */
export const cacheFolder = () =>
  path.resolve(
    process.env.HOOKBELL_CACHE ||
      path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'hookbell'),
  );
