import { execFile } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { appId } from '../../electron/app-id.ts';
import { APP_ID } from '../../scripts/package/identity.mjs';
import { packageFile } from './support/administrator.ts';

const run = promisify(execFile);
const megabyte = 1e6;
const app = 'opt/Hookbell';

/** The package, unpacked as an ordinary user: its list alone tells the owners. */
const folder = mkdtempSync(join(tmpdir(), 'hookbell-contents-'));
const unpacked = (...names: string[]) => join(folder, ...names);
const textIn = (...names: string[]) => readFileSync(unpacked(...names), 'utf8');
const archive = unpacked(app, 'resources', 'app.asar');

type Listed = { readonly mode: string; readonly owner: string; readonly name: string };
let listed: Listed[] = [];
let inArchive: string[] = [];

beforeAll(async () => {
  await run('dpkg-deb', ['-R', packageFile(), folder]);
  const { stdout } = await run('dpkg-deb', ['--contents', packageFile()]);
  listed = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [mode = '', owner = '', , , , name = ''] = line.split(/\s+/);
      return { mode, owner, name: name.replace(/^\.\//, '') };
    });
  inArchive = listPackage(archive, { isPack: false });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textInArchive = (name: string) => extractFile(archive, name.slice(1)).toString('utf8');
/** As Vite lists them: a library that comes without one has no text. */
const Licenses = z.array(z.object({ name: z.string(), text: z.optional(z.string()) }));

const modeOf = (name: string) => listed.find((one) => one.name === name)?.mode;

describe('the package holds what runs, and nothing else (Q12)', () => {
  test('no tests, scripts, sources, source maps or words of libraries', () => {
    const names = [...listed.map(({ name }) => name), ...inArchive];
    expect(names).toContain('/out/main/main.js');
    const stray = /(^|\/)(test|scripts|bench|docs|shared|\.git)(\/|$)|\.(tsx?|mts|cts|map|md)$/i;
    expect(names.filter((name) => stray.test(name))).toEqual([]);
  });

  test("no library but ngrok's, whose native module lies beside the archive", () => {
    const libraries = inArchive.flatMap(
      (name) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(name)?.[1] ?? [],
    );
    expect(libraries.filter((name) => !name.startsWith('@ngrok'))).toEqual([]);
    expect(libraries).toContain('@ngrok/ngrok');
    expect(listed.map(({ name }) => name)).toContainEqual(
      expect.stringMatching(/app\.asar\.unpacked\/node_modules\/@ngrok\/[^/]+\/[^/]+\.node$/),
    );
  });

  test('the code of main, tunnel, preload and window is minified', () => {
    const code = inArchive.filter((name) => /^\/out\/.*\.(c?js|css)$/.test(name));
    expect(code.length).toBeGreaterThan(4);
    const meanLine = (name: string) => {
      const text = textInArchive(name).trim();
      return text.length / text.split('\n').length;
    };
    // Written by hand, a line of this project is at most 140 characters long.
    expect(code.filter((name) => meanLine(name) < 200)).toEqual([]);
  });

  test('the manifest has this version, and neither scripts nor tools', () => {
    const manifest = JSON.parse(textInArchive('/package.json'));
    const own = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(manifest).toMatchObject({ version: own.version, desktopName: 'hookbell.desktop' });
    for (const name of ['scripts', 'devDependencies']) expect(manifest).not.toHaveProperty(name);
    expect(textIn(app, 'resources', 'version').trim()).toBe(own.version);
  });

  test('at most 110 MB packed fast, and 250 MB installed', () => {
    expect(statSync(packageFile()).size).toBeLessThan(110 * megabyte);
    const installed = listed.map(({ name }) => lstatSync(unpacked(name)).size);
    expect(installed.reduce((sum, size) => sum + size, 0)).toBeLessThan(250 * megabyte);
  });

  test('the licences of Hookbell, Electron, Chromium and ngrok', () => {
    expect(textIn('usr/share/doc/hookbell/copyright')).toContain('MIT License');
    expect(textIn(app, 'LICENSE.electron.txt')).toContain('Electron contributors');
    expect(textIn(app, 'LICENSES.chromium.html')).toContain('The Chromium Authors');
    expect(inArchive).toContain('/node_modules/@ngrok/ngrok/LICENSE-MIT');
  });

  test('the licence of each library that is bundled', () => {
    const lists = inArchive.filter((name) => /^\/out\/.*licenses\.json$/.test(name));
    const texts = new Map(
      lists
        .flatMap((name) => Licenses.parse(JSON.parse(textInArchive(name))))
        .map(({ name, text }) => [name, text]),
    );
    const own = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    const isThere = (name: string) => (texts.get(name) ?? '').length > 500;
    expect(Object.keys(own.dependencies).filter((name) => !isThere(name))).toEqual([]);
  });
});

describe('the package is safe to install', () => {
  test('everything is owned by root, and nobody else may change it', () => {
    expect(listed.length).toBeGreaterThan(50);
    expect(listed.filter(({ owner }) => owner !== 'root/root')).toEqual([]);
    const open = listed.filter(({ mode }) => !mode.startsWith('l') && /^.{5}w|^.{8}w/.test(mode));
    expect(open).toEqual([]);
  });

  test("Chromium's sandbox alone runs as root (E10)", () => {
    expect(modeOf(`${app}/chrome-sandbox`)).toBe('-rwsr-xr-x');
    expect(listed.filter(({ mode }) => /[sS]/.test(mode.slice(1)))).toHaveLength(1);
  });
});

describe('the package fits into the desktop', () => {
  test('its entry is valid, starts the program with a link, and finds its window', async () => {
    const file = 'usr/share/applications/hookbell.desktop';
    expect((await run('desktop-file-validate', [unpacked(file)])).stdout).toBe('');
    const lines = textIn(file).split('\n');
    expect(lines).toContain('Exec=/opt/Hookbell/hookbell %U');
    expect(lines).toContain('StartupWMClass=hookbell');
    expect(lines).toContain('MimeType=x-scheme-handler/hookbell;');
    expect(lines).toContain('Icon=hookbell');
  });

  test('software centres know it by the id that the app has', async () => {
    expect(APP_ID).toBe(appId);
    const file = `usr/share/metainfo/${appId}.metainfo.xml`;
    await run('appstreamcli', ['validate', '--no-net', unpacked(file)]);
    expect(textIn(file)).toContain(`<id>${appId}</id>`);
    expect(textIn(file)).not.toContain('@');
  });

  test('it has an icon in eight sizes, each as large as its folder says', () => {
    const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
    // A PNG's width is the first number after its header.
    const widths = sizes.map((size) =>
      readFileSync(
        unpacked(`usr/share/icons/hicolor/${size}x${size}/apps/hookbell.png`),
      ).readUInt32BE(16),
    );
    expect(widths).toEqual(sizes);
  });

  test('it has a command and a manual page', () => {
    expect(modeOf('usr/bin/hookbell')).toMatch(/^l/);
    const manual = gunzipSync(readFileSync(unpacked('usr/share/man/man1/hookbell.1.gz')));
    expect(manual.toString('utf8')).toContain('.TH HOOKBELL 1');
  });
});
