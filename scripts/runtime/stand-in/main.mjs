// Replaces Electron's default app, which this runtime lacks: `electron FOLDER` runs the app in that folder. It is an ES module that awaits
// the app, so that Electron emits `ready` only after the app's first lines have run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = path.resolve(process.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '.');
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** @typedef {{ setAppPath(folder: string): void, setVersion(version: string): void }} Unlisted */
const unlisted = /** @type {typeof app & Unlisted} */ (app);

app.setName(manifest.productName ?? manifest.name);
app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
unlisted.setVersion(manifest.version);
unlisted.setAppPath(folder);
if (!app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
Object.assign(process, { defaultApp: true });

await import(pathToFileURL(path.join(folder, manifest.main ?? 'index.js')).href);
