import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Later } from '../later.ts';
import type { TrayHost } from '../reachable.ts';
import type { TrayMenu } from '../tray-menu.ts';
import type { SessionBus } from './session-bus.ts';
import { watchTrayHost } from './tray-host.ts';

export type TrayOptions = {
  /** Where the icons are. */
  readonly folder: string;
  /** The session bus on Linux. Null elsewhere: macOS and Windows always have a tray. */
  readonly bus: SessionBus | null;
  readonly later: Later;
  readonly onClick: () => void;
  readonly onHost: (host: TrayHost) => void;
};

/**
 * Puts Hookbell in the tray; `show` is called again whenever the menu or the state changed. On Linux an Electron tray registers
 * once, with the watcher that is there at that time: so the icon is made anew whenever a tray host appears (T2).
 */
export const createTray = ({ folder, bus, later, onClick, onHost }: TrayOptions) => {
  let tray: Tray | null = null;
  let shown: TrayMenu | null = null;
  let isKnown = bus === null;
  const isMac = process.platform === 'darwin';
  const image = (name: TrayMenu['icon']) =>
    nativeImage.createFromPath(join(folder, `${name}${isMac ? 'Template' : ''}.png`));

  const make = (icon: TrayMenu['icon']): Tray => {
    const made = new Tray(image(icon));
    made.on('click', onClick);
    if (isMac) made.on('right-click', () => shown && made.popUpContextMenu(menuOf(shown)));
    return made;
  };

  const draw = (): void => {
    if (!shown || !isKnown) return;
    tray ??= make(shown.icon);
    tray.setImage(image(shown.icon));
    tray.setToolTip(shown.tooltip);
    // On Linux a changed menu is seen only when it is set again. On macOS a menu of its own would take the left click.
    if (!isMac) tray.setContextMenu(menuOf(shown));
  };

  const remove = (): void => {
    tray?.destroy();
    tray = null;
  };

  if (bus === null) onHost('present');
  else
    watchTrayHost(bus, later, (host) => {
      if (host === 'present') remove();
      isKnown = true;
      draw();
      onHost(host);
    });

  return {
    show: (menu: TrayMenu): void => {
      shown = menu;
      draw();
    },
    remove,
  };
};

const menuOf = ({ items }: TrayMenu): Menu => Menu.buildFromTemplate(items.map(menuItem));

const menuItem = (item: TrayMenu['items'][number]): MenuItemConstructorOptions => {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' };
    case 'text':
      return { label: plain(item.label), enabled: false };
    case 'action':
      return { label: plain(item.label), click: item.run };
    case 'menu':
      return { label: plain(item.label), submenu: item.items.map(menuItem) };
  }
};

/** In a menu `&` marks the letter of a shortcut. */
const plain = (label: string) => label.replaceAll('&', '&&');
