// Replaces Electron's default app, which this runtime lacks: `electron [-r SCRIPT] FOLDER` runs the app in that folder, after a script. It is an ES module that awaits
// the app, so that Electron emits `ready` only after the app's first lines have run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const isScript = (/** @type {number} */ index) => args[index - 1] === '-r';
const script = args.find((_arg, index) => isScript(index));
const folder = path.resolve(
  args.find((arg, index) => !arg.startsWith('-') && !isScript(index)) ?? '.',
);
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

if (script) await import(pathToFileURL(script).href);
await import(pathToFileURL(path.join(folder, manifest.main ?? 'index.js')).href);
