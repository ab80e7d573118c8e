import { shell } from 'electron';
import { checkedUrl } from '../outside/checked-url.ts';
import type { OpenExternal } from '../world.ts';
import { xdgOpen } from './xdg-open.ts';

/**
 * Opens a URL in the person's browser (E8). Whoever calls, it looks at the URL once more. On Linux the desktop is asked through a process of
 * its own, as for folders: a call of Electron's would wait for it.
 */
export const openExternal: OpenExternal = async (text) => {
  const checked = checkedUrl(text, 'person');
  if (checked.status === 'refused') return false;
  if (process.platform === 'linux') return xdgOpen(checked.url);
  return shell.openExternal(checked.url).then(
    () => true,
    () => false,
  );
};
