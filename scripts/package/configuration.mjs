import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../tools.mjs';
import { finish } from './finish.mjs';
import { APP_ID } from './identity.mjs';

/**
 * @typedef {object} Packaging
 * @property {string | null} dist the folder of an unpacked Electron; null lets electron-builder download it
 * @property {string} electronVersion
 * @property {string} version of the app
 * @property {boolean} quick compresses fast instead of small
 * @property {string} output the folder that packages are written to
 * @property {string | null} feed where installed AppImages, Macs and Windows look for updates; null for nowhere
 */

/** Linked libraries by dpkg-shlibdeps, and those that are loaded at run time. Ubuntu 24.04 and Debian 13 renamed some to …t64. */
const DEBIAN_LIBRARIES = [
  'libasound2t64 | libasound2',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatk1.0-0t64 | libatk1.0-0',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libc6 (>= 2.28)',
  'libcairo2',
  'libcups2t64 | libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0t64 | libglib2.0-0',
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libsecret-1-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'xdg-utils',
];

/** Fedora's names, and openSUSE's where they differ. */
const RPM_LIBRARIES = [
  '(alsa-lib or libasound2)',
  '(at-spi2-core or at-spi2-atk-gtk2)',
  '(cups-libs or libcups2)',
  '(gtk3 or libgtk-3-0)',
  '(libdrm or libdrm2)',
  '(libnotify or libnotify4)',
  '(libsecret or libsecret-1-0)',
  '(libxkbcommon or libxkbcommon0)',
  '(mesa-libgbm or libgbm1)',
  '(nss or mozilla-nss)',
  'xdg-utils',
];

/** What a package installs beside the app's own folder: electron-builder's `fpm` takes SOURCE=TARGET. */
const besideTheApp = (/** @type {string} */ output) => [
  `${path.join(output, 'linux', 'hookbell')}=/usr/bin/hookbell`,
  `${path.join(output, 'linux', 'metainfo.xml')}=/usr/share/metainfo/${APP_ID}.metainfo.xml`,
  `${path.join(output, 'linux', 'hookbell.1.gz')}=/usr/share/man/man1/hookbell.1.gz`,
  `${path.join(root, 'LICENSE')}=/usr/share/doc/hookbell/copyright`,
];

/**
 * What electron-builder is told, for all systems.
 *
 * @param {Packaging} packaging
 * @returns {import('electron-builder').Configuration}
 */
export const configurationOf = (packaging) => ({
  appId: APP_ID,
  productName: 'Hookbell',
  copyright: 'Copyright © Hookbell contributors',
  directories: { output: packaging.output, buildResources: 'resources' },
  ...(packaging.dist === null ? {} : { electronDist: packaging.dist }),
  electronVersion: packaging.electronVersion,
  extraMetadata: { version: packaging.version },
  // electron-builder copies all dependencies; the bundles in out/ hold them already, but for ngrok's native module.
  files: [
    'out/**',
    '!out/**/*.map',
    'package.json',
    'resources/icon.png',
    'resources/tray/*.{png,ico}',
    '!node_modules/**',
    'node_modules/@ngrok/**',
    '!node_modules/@ngrok/**/*.{md,d.ts}',
    // Both are installed on a Mac, and the loader takes the universal one first.
    '!node_modules/@ngrok/ngrok-darwin-{x64,arm64}/**',
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  electronLanguages: ['en-US'],
  compression: packaging.quick ? 'store' : 'maximum',
  publish: packaging.feed === null ? null : { provider: 'generic', url: packaging.feed },
  artifactName: `hookbell-\${version}-\${arch}.\${ext}`,
  protocols: { name: 'Hookbell', schemes: ['hookbell'] },
  toolsets: { appimage: '1.0.3' },
  afterPack: (context) => finish(context, packaging),
  ...linux(packaging),
  ...mac,
  ...windows,
});

/** @returns {Pick<import('electron-builder').Configuration, 'linux' | 'deb' | 'rpm'>} */
const linux = (/** @type {Packaging} */ { quick, output }) => ({
  linux: {
    target: ['deb', 'rpm', 'AppImage', 'tar.gz'],
    executableName: 'hookbell',
    category: 'Network',
    icon: 'resources/icons',
    synopsis: 'Webhooks of crypto data providers, as notifications',
    maintainer: 'Hookbell contributors <hookbell@users.noreply.github.com>',
    vendor: 'Hookbell contributors',
    syncDesktopName: true,
    desktop: {
      entry: {
        StartupWMClass: 'hookbell',
        Keywords: 'webhook;notification;tray;',
        StartupNotify: 'true',
      },
    },
  },
  deb: {
    artifactName: `hookbell_\${version}_\${arch}.\${ext}`,
    packageCategory: 'net',
    priority: 'optional',
    compression: quick ? 'zst' : 'xz',
    depends: DEBIAN_LIBRARIES,
    recommends: ['gnome-keyring | kwalletmanager | keepassxc'],
    afterInstall: 'resources/linux/postinst',
    afterRemove: 'resources/linux/postrm',
    appArmorProfile: 'resources/linux/apparmor-profile',
    fpm: besideTheApp(output),
  },
  rpm: {
    packageCategory: 'Applications/Internet',
    compression: quick ? 'gzip' : 'xz',
    depends: RPM_LIBRARIES,
    afterInstall: 'resources/linux/rpm-scriptlet',
    afterRemove: 'resources/linux/rpm-scriptlet',
    appArmorProfile: 'resources/linux/apparmor-profile',
    fpm: besideTheApp(output),
  },
});

/** @type {Pick<import('electron-builder').Configuration, 'mac' | 'dmg'>} */
const mac = {
  mac: {
    // An update needs the zip.
    target: ['dmg', 'zip'],
    category: 'public.app-category.finance',
    icon: 'resources/icon.png',
    hardenedRuntime: true,
    entitlements: 'resources/mac/entitlements.plist',
    entitlementsInherit: 'resources/mac/entitlements.plist',
    // Signs with the certificate in CSC_LINK, and notarizes with the key in APPLE_API_KEY, where there is one.
    notarize: Boolean(process.env.APPLE_API_KEY),
    extendInfo: { LSUIElement: true },
  },
  dmg: {},
};

/** ngrok's module needs it, and not every Windows has it. Microsoft allows to ship it beside the program. */
const RUNTIME_LIBRARIES = ['vcruntime140.dll', 'vcruntime140_1.dll'].map((name) =>
  path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', name),
);

/** @type {Pick<import('electron-builder').Configuration, 'win' | 'nsis'>} */
const windows = {
  win: {
    target: ['nsis'],
    icon: 'resources/icon.ico',
    extraFiles: RUNTIME_LIBRARIES.filter((file) => existsSync(file)).map((file) => ({
      from: file,
      to: path.basename(file),
    })),
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    deleteAppDataOnUninstall: false,
  },
};
