import { join, normalize, sep } from 'node:path';

/** The file of an `app://bundle/` URL; null when it names none inside the folder. */
export const pageFile = (folder: string, url: string): string | null => {
  const { host, pathname } = new URL(url);
  if (host !== 'bundle') return null;
  try {
    const name = decodeURIComponent(pathname).replace(/^\/+/, '');
    if (/[\0\\]/.test(name)) return null;
    const file = normalize(join(folder, name));
    return file.startsWith(folder + sep) ? file : null;
  } catch {
    return null;
  }
};
