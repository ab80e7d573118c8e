import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { TrayMenu } from '../tray-menu.ts';

/** Puts Hookbell in the tray; `show` is called again whenever the menu or the state changed. */
export const createTray = (folder: string) => {
  let tray: Tray | null = null;
  const suffix = process.platform === 'darwin' ? 'Template' : '';
  const image = (name: TrayMenu['icon']) =>
    nativeImage.createFromPath(join(folder, `${name}${suffix}.png`));

  return {
    show: ({ icon, tooltip, items }: TrayMenu): void => {
      tray ??= new Tray(image(icon));
      tray.setImage(image(icon));
      tray.setToolTip(tooltip);
      // On Linux a changed menu is seen only when it is set again.
      tray.setContextMenu(Menu.buildFromTemplate(items.map(menuItem)));
    },
    remove: (): void => {
      tray?.destroy();
      tray = null;
    },
  };
};

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
