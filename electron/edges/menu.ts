import { Menu } from 'electron';

/** The usual menus, and Quit. */
export const appMenu = (): Menu =>
  Menu.buildFromTemplate([
    {
      label: 'Hookbell',
      submenu: [{ role: 'close' }, { role: 'quit', label: 'Quit (stops receiving)' }],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]);
