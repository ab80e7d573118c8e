import { describe, expect, test } from 'vitest';
import { importsOf, shippedFiles as sources, textOf } from './support/imports.ts';

const imports = sources.flatMap(importsOf);

const pure = /^node:(crypto|zlib)$/;

/** Who may import whom: the first room that fits a file is its own. */
const rooms: readonly {
  readonly room: RegExp;
  readonly may: RegExp;
  readonly typesToo?: RegExp;
}[] = [
  { room: /^shared\//, may: /^(shared\/|zod\/mini$)/ },
  {
    room: /^renderer\//,
    may: /^(renderer\/|react|react-dom|@base-ui\/react|@tanstack\/react-virtual$|lucide-react|shared\/(kinds|notes|place|query|matching|rejections)\.ts$)/,
    typesToo: /^shared\//,
  },
  { room: /^electron\/preload\.ts$/, may: /^electron$/, typesToo: /^shared\// },
  { room: /^electron\/(main|start|shell|commands)\.ts$/, may: /./ },
  {
    room: /^electron\/edges\/tunnel\//,
    may: /^(electron$|@ngrok\/ngrok$|node:|zod\/mini$|electron\/)/,
    typesToo: /^shared\//,
  },
  {
    room: /^electron\/edges\//,
    may: /^(electron$|electron-store$|@jellybrick\/dbus-next$|node:|zod\/mini$|electron\/)/,
    typesToo: /^shared\//,
  },
  {
    room: /^electron\/providers\/(?!index\.ts)/,
    may: /^(electron\/(providers\/|addresses|text|delivery|verdict)|shared\/|zod\/mini$|node:crypto$)/,
  },
  { room: /^electron\/addresses\.ts$/, may: /^ipaddr\.js$/ },
  {
    room: /^electron\//,
    may: /^(electron\/(?!edges\/|main|start|shell|commands)|shared\/|zod\/mini$|ipaddr\.js$)/,
  },
];

describe('who may import whom (L1 to L3, S7)', () => {
  test('there is something to look at', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  test.each(rooms.map(({ room }) => [room.source]))('%s', (pattern) => {
    const forbidden = imports.filter(({ file, what, typeOnly }) => {
      const home = rooms.find(({ room }) => room.test(file));
      if (!home || home.room.source !== pattern) return false;
      const isCore = /^electron\/(?!edges|main|start|shell|commands|preload)/.test(file);
      return !(
        home.may.test(what) ||
        (typeOnly && home.typesToo?.test(what)) ||
        (isCore && pure.test(what))
      );
    });
    expect(forbidden).toEqual([]);
  });

  test('one folder of a provider knows nothing of another', () => {
    const strangers = imports.filter(({ file, what }) => {
      const [, own] = /^electron\/providers\/([^/]+)\//.exec(file) ?? [];
      const [, other] = /^electron\/providers\/([^/]+)\//.exec(what) ?? [];
      return own !== undefined && other !== undefined && own !== other;
    });
    expect(strangers).toEqual([]);
  });

  test("only a provider's folder, the registry and the simulator's stories name a provider", () => {
    const naming = sources.filter(
      (file) =>
        !/^electron\/(providers\/|simulate\/stories\.ts)/.test(file) &&
        /['"`](kryptos|vezgo|simplehash)['"`]/.test(textOf(file)),
    );
    expect(naming).toEqual([]);
  });

  test('only state.ts of the window touches the bridge', () => {
    const touching = sources.filter(
      (file) => file.startsWith('renderer/') && /window\.hookbell/.test(textOf(file)),
    );
    expect(touching).toEqual(['renderer/state.ts']);
  });
});

describe('what no file of ours does (E9, Q13)', () => {
  test.each([
    ['sets HTML', /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write/],
    ['evaluates text', /\beval\(|new Function\(/],
    ['opens links', /openExternal/],
    [
      'switches a check off',
      /@ts-(ignore|expect-error|nocheck)|biome-ignore|: any(?=[;,)=\]|> ]*$)|as any\b|<any>/m,
    ],
    [
      'weakens the sandbox',
      /no-sandbox|nodeIntegration: true|contextIsolation: false|webSecurity: false/,
    ],
  ])('none %s', (_what, pattern) => {
    expect(sources.filter((file) => pattern.test(textOf(file)))).toEqual([]);
  });

  test('none opens files of the system but one, which opens our own folder and nothing else (E8)', () => {
    const opener = 'electron/edges/history-folder.ts';
    const onLinux = 'electron/edges/xdg-open.ts';
    const opening = sources.filter((file) =>
      /openPath|showItemInFolder|\bshell\b(?!\/|\.ts')|xdg-open|xdgOpen|child_process/.test(
        textOf(file),
      ),
    );
    expect(opening).toEqual([opener, onLinux]);
    expect(imports.filter(({ what }) => what === onLinux).map(({ file }) => file)).toEqual([
      opener,
    ]);
    expect(imports.filter(({ what }) => what === opener).map(({ file }) => file)).toEqual([
      'electron/start.ts',
    ]);
    expect(textOf('electron/start.ts')).toContain("historyFolderOpener(join(userData, 'history'))");
    expect(textOf(opener)).not.toMatch(/showItemInFolder|readShortcut/);
  });

  test('no file grows past 300 lines', () => {
    expect(sources.filter((file) => textOf(file).split('\n').length > 310)).toEqual([]);
  });
});
