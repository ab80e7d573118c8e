import { existsSync } from 'node:fs';
import { sep } from 'node:path';

/** The AppImage that this process runs from; null for any other program, whose terminal may have come from an AppImage. */
export const ownAppImage = (
  { APPIMAGE, APPDIR }: Readonly<Record<string, string | undefined>>,
  executable: string,
): string | null =>
  APPIMAGE && APPDIR && executable.startsWith(APPDIR.endsWith(sep) ? APPDIR : `${APPDIR}${sep}`)
    ? APPIMAGE
    : null;

/** Whether this process runs in a Flatpak, which has this file. A program outside may have inherited its variables. */
export const isFlatpak = (): boolean => existsSync('/.flatpak-info');
