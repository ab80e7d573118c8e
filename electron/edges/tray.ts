import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Schedule } from '../schedule.ts';
import type { TrayAction, TrayMenu } from '../world.ts';
import type { TrayHost } from './reachable.ts';
import type { SessionBus } from './session-bus.ts';
import { watchTrayHost } from './tray-host.ts';

export type TrayOptions = {
  /** The folder of the icons. */
  readonly folder: string;
  readonly bus: SessionBus | null;
  readonly schedule: Schedule;
  readonly onClick: () => void;
  readonly onAction: (action: TrayAction) => void;
  readonly onHost: (host: TrayHost) => void;
};

export type HookbellTray = {
  /** To be called whenever the menu changed. */
  readonly show: (menu: TrayMenu) => void;
  readonly remove: () => void;
};

/** Hookbell's tray icon. On Linux an Electron tray registers with one watcher only, so it is made anew for each tray host (T2). */
export const createTray = ({
  folder,
  bus,
  schedule,
  onClick,
  onAction,
  onHost,
}: TrayOptions): HookbellTray => {
  let tray: Tray | null = null;
  let shown: TrayMenu | null = null;
  /** As the tray has it now. */
  let drawn: TrayMenu | null = null;
  let isKnown = bus === null;
  const isMac = process.platform === 'darwin';
  const image = (name: TrayMenu['icon']) =>
    nativeImage.createFromPath(join(folder, `${name}${endings[process.platform] ?? '.png'}`));
  const menuOf = ({ items }: TrayMenu): Menu =>
    Menu.buildFromTemplate(items.map(menuItemOf(onAction)));

  const make = (icon: TrayMenu['icon']): Tray => {
    const made = new Tray(image(icon));
    made.on('click', onClick);
    if (isMac) made.on('right-click', () => shown && made.popUpContextMenu(menuOf(shown)));
    return made;
  };

  const draw = (): void => {
    if (!shown || !isKnown) return;
    if (tray && drawn?.icon !== shown.icon) tray.setImage(image(shown.icon));
    const isNew = tray === null;
    tray ??= make(shown.icon);
    if (isNew || drawn?.tooltip !== shown.tooltip) tray.setToolTip(shown.tooltip);
    drawn = shown;
    // Linux shows a changed menu only after it is set again. On macOS a set menu would take the left click.
    if (!isMac) tray.setContextMenu(menuOf(shown));
  };

  const remove = (): void => {
    tray?.destroy();
    tray = null;
  };

  if (bus === null) onHost('present');
  else
    watchTrayHost(bus, schedule, (host) => {
      if (host === 'present') remove();
      isKnown = true;
      draw();
      onHost(host);
    });

  return {
    show: (menu) => {
      shown = menu;
      draw();
    },
    remove,
  };
};

/** A template has one colour, which macOS chooses. An `.ico` holds the sizes of Windows. */
const endings: { readonly [P in NodeJS.Platform]?: string } = {
  darwin: 'Template.png',
  win32: '.ico',
};

const menuItemOf =
  (onAction: TrayOptions['onAction']) =>
  (item: TrayMenu['items'][number]): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'line':
        return { type: 'separator' };
      case 'text':
        return { label: plain(item.label), enabled: false };
      case 'action':
        return { label: plain(item.label), click: () => onAction(item.does) };
      case 'menu':
        return { label: plain(item.label), submenu: item.items.map(menuItemOf(onAction)) };
    }
  };

/** In a menu label `&` marks a shortcut's letter. */
const plain = (label: string) => label.replaceAll('&', '&&');
