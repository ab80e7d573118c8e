import { describe, expect, test } from 'vitest';
import {
  circlesAmong,
  codeIn,
  functionsOver,
  type Import,
  importsOf,
  shippedFiles as sources,
  textOf,
  textsInCallsOf,
} from './support/imports.ts';
import { longFunctions } from './support/long-functions.ts';

const imports = sources.flatMap(importsOf);

type Row = {
  /** A folder with what is below it, or a file. The longest one that fits a file is the file's room. */
  readonly room: string;
  /** Rooms further up in this table, single files of them, and packages; `node:` stands for all modules of Node. */
  readonly may: readonly string[];
  /** Of these the types alone. */
  readonly types?: readonly string[];
};

/** Who may import whom, from the bottom up. A room may import itself. `electron/` is the few words that everybody speaks. */
const rooms: readonly Row[] = [
  { room: 'shared/', may: ['zod/mini'] },
  /** The window needs it too, so that it stays without zod. */
  {
    room: 'shared/conditions/',
    may: [
      'shared/english.ts',
      'shared/rejection-words.ts',
      'shared/rejections.ts',
      'shared/time-words.ts',
      'shared/update-words.ts',
    ],
    types: ['shared/'],
  },
  {
    room: 'renderer/',
    may: [
      '@base-ui/react',
      'lucide-react',
      'react',
      'react-dom',
      'shared/conditions/',
      'shared/english.ts',
      'shared/kinds.ts',
      'shared/matching.ts',
      'shared/notes.ts',
      'shared/place.ts',
      'shared/query.ts',
      'shared/rule-for.ts',
      'shared/seq-ranges.ts',
      'shared/time-words.ts',
      'shared/rejection-words.ts',
      'shared/rejections.ts',
      'shared/trial.ts',
      'shared/update-words.ts',
    ],
    types: ['shared/'],
  },
  { room: 'electron/', may: ['ipaddr.js', 'node:crypto'], types: ['shared/'] },
  { room: 'electron/storage/', may: ['node:zlib', 'zod/mini'], types: ['electron/', 'shared/'] },
  {
    room: 'electron/providers/',
    may: ['electron/', 'node:crypto', 'zod/mini'],
    types: ['shared/'],
  },
  {
    room: 'electron/providers/kryptos/',
    may: ['electron/', 'electron/providers/', 'zod/mini'],
    types: ['shared/'],
  },
  {
    room: 'electron/providers/simplehash/',
    may: ['electron/', 'electron/providers/', 'zod/mini'],
    types: ['shared/'],
  },
  {
    room: 'electron/providers/vezgo/',
    may: ['electron/', 'electron/providers/', 'zod/mini'],
    types: ['shared/'],
  },
  {
    room: 'electron/providers/index.ts',
    may: [
      'electron/providers/kryptos/',
      'electron/providers/simplehash/',
      'electron/providers/vezgo/',
    ],
    types: ['electron/providers/'],
  },
  { room: 'electron/replay/', may: [], types: ['electron/'] },
  { room: 'electron/outside/', may: ['electron/'], types: ['shared/'] },
  {
    room: 'electron/setup/',
    may: [
      'electron/',
      'electron/outside/',
      'electron/providers/index.ts',
      'electron/storage/',
      'shared/',
      'zod/mini',
    ],
    types: ['electron/providers/'],
  },
  {
    room: 'electron/simulate/',
    may: ['electron/providers/index.ts', 'electron/setup/', 'shared/'],
    types: ['electron/providers/'],
  },
  { room: 'electron/tunnel/', may: ['electron/', 'shared/', 'zod/mini'] },
  { room: 'electron/updates/', may: [], types: ['electron/', 'shared/'] },
  {
    room: 'electron/history/log/',
    may: ['electron/storage/', 'shared/', 'zod/mini'],
    types: ['electron/'],
  },
  {
    room: 'electron/history/',
    may: [
      'electron/',
      'electron/history/log/',
      'electron/providers/',
      'electron/providers/index.ts',
      'electron/storage/',
      'shared/',
      'zod/mini',
    ],
  },
  {
    room: 'electron/transfer/',
    may: [
      'electron/',
      'electron/history/',
      'electron/providers/',
      'electron/providers/index.ts',
      'electron/storage/',
      'zod/mini',
    ],
    types: ['electron/setup/', 'shared/'],
  },
  {
    room: 'electron/insight/',
    may: ['electron/', 'electron/storage/', 'shared/', 'zod/mini'],
    types: ['electron/history/'],
  },
  {
    room: 'electron/receiver/',
    may: [
      'electron/',
      'electron/history/',
      'electron/providers/',
      'electron/providers/index.ts',
      'electron/setup/',
      'electron/tunnel/',
      'shared/',
    ],
    types: ['electron/insight/', 'electron/storage/'],
  },
  {
    room: 'electron/conditions/',
    may: ['electron/receiver/', 'electron/storage/', 'shared/', 'shared/conditions/', 'zod/mini'],
    types: ['electron/', 'electron/insight/', 'electron/setup/', 'electron/updates/'],
  },
  {
    room: 'electron/notifications/',
    may: ['electron/', 'shared/', 'shared/conditions/', 'temporal-polyfill', 'zod/mini'],
    types: ['electron/history/', 'electron/insight/', 'electron/receiver/', 'electron/setup/'],
  },
  {
    room: 'electron/diagnostics/',
    may: ['shared/conditions/'],
    types: ['electron/', 'shared/'],
  },
  {
    room: 'electron/world.ts',
    may: [],
    types: [
      'electron/',
      'electron/diagnostics/',
      'electron/notifications/',
      'electron/replay/',
      'electron/setup/',
      'electron/simulate/',
      'electron/storage/',
      'electron/tunnel/',
      'electron/updates/',
      'shared/',
    ],
  },
  {
    room: 'electron/warm-up.ts',
    may: ['electron/'],
    types: ['electron/setup/', 'electron/storage/'],
  },
  {
    room: 'electron/window/',
    may: [
      'electron/',
      'electron/diagnostics/',
      'electron/history/',
      'electron/outside/',
      'electron/providers/index.ts',
      'electron/replay/',
      'electron/setup/',
      'electron/simulate/',
      'electron/transfer/',
      'shared/',
      'shared/conditions/',
    ],
    types: [
      'electron/conditions/',
      'electron/insight/',
      'electron/notifications/',
      'electron/providers/',
      'electron/receiver/',
      'electron/updates/',
      'electron/world.ts',
      'zod/mini',
    ],
  },
  {
    room: 'electron/app.ts',
    may: [],
    types: [
      'electron/',
      'electron/receiver/',
      'electron/setup/',
      'electron/simulate/',
      'electron/tunnel/',
      'electron/window/',
      'shared/',
    ],
  },
  {
    room: 'electron/signals.ts',
    may: [],
    types: [
      'electron/conditions/',
      'electron/notifications/',
      'electron/receiver/',
      'electron/setup/',
      'electron/storage/',
      'shared/',
    ],
  },
  {
    room: 'electron/effects.ts',
    may: ['electron/', 'electron/notifications/', 'electron/receiver/'],
    types: [
      'electron/conditions/',
      'electron/history/',
      'electron/insight/',
      'electron/setup/',
      'electron/signals.ts',
      'electron/storage/',
      'electron/tunnel/',
      'electron/updates/',
      'electron/warm-up.ts',
      'electron/window/',
      'shared/',
    ],
  },
  {
    room: 'electron/composition/',
    may: [
      'electron/',
      'electron/conditions/',
      'electron/history/',
      'electron/insight/',
      'electron/notifications/',
      'electron/providers/index.ts',
      'electron/receiver/',
      'electron/setup/',
      'electron/simulate/',
      'electron/storage/',
      'electron/transfer/',
      'electron/updates/',
      'electron/warm-up.ts',
      'electron/window/',
    ],
    types: [
      'electron/app.ts',
      'electron/signals.ts',
      'electron/tunnel/',
      'electron/world.ts',
      'shared/',
    ],
  },
  {
    room: 'electron/compose.ts',
    may: ['electron/', 'electron/composition/', 'electron/effects.ts', 'electron/signals.ts'],
    types: ['electron/app.ts', 'electron/world.ts'],
  },
  {
    room: 'electron/edges/',
    may: [
      '@jellybrick/dbus-next',
      'electron',
      'electron-store',
      'electron/',
      'electron/notifications/',
      'electron/outside/',
      'electron/receiver/',
      'electron/replay/',
      'electron/setup/',
      'electron/storage/',
      'electron/transfer/',
      'node:',
      'shared/',
      'zod/mini',
    ],
    types: ['electron/diagnostics/', 'electron/simulate/', 'electron/world.ts'],
  },
  {
    room: 'electron/edges/tunnel/',
    may: ['@ngrok/ngrok', 'electron', 'electron/edges/', 'electron/tunnel/', 'node:'],
  },
  {
    room: 'electron/edges/updates/',
    may: [
      'electron/link.ts',
      'electron',
      'electron-updater',
      'electron/edges/',
      'electron/storage/',
      'electron/updates/',
      'node:',
      'zod/mini',
    ],
    types: ['electron/'],
  },
  {
    room: 'electron/desktop.ts',
    may: ['electron', 'electron/edges/', 'node:path'],
    types: ['electron/notifications/', 'electron/storage/', 'shared/'],
  },
  {
    room: 'electron/desktop-edges.ts',
    may: [
      'electron',
      'electron/edges/',
      'electron/edges/tunnel/',
      'node:crypto',
      'node:os',
      'node:path',
    ],
    types: ['electron/desktop.ts', 'electron/world.ts'],
  },
  {
    room: 'electron/shell.ts',
    may: [
      'electron',
      'electron/',
      'electron/desktop.ts',
      'electron/edges/',
      'electron/edges/tunnel/',
      'electron/tunnel/',
      'electron/window/',
      'node:path',
    ],
    types: ['electron/app.ts', 'electron/world.ts'],
  },
  {
    room: 'electron/commands.ts',
    may: [
      'electron/',
      'electron/edges/',
      'electron/history/',
      'electron/setup/',
      'electron/simulate/',
      'electron/transfer/',
    ],
    types: ['electron/app.ts', 'electron/world.ts', 'shared/'],
  },
  {
    room: 'electron/start.ts',
    may: [
      'electron/',
      'electron/commands.ts',
      'electron/compose.ts',
      'electron/desktop-edges.ts',
      'electron/desktop.ts',
      'electron/edges/',
      'electron/edges/updates/',
      'electron/shell.ts',
      'electron/signals.ts',
      'node:crypto',
      'node:path',
    ],
    types: ['electron/app.ts', 'electron/receiver/', 'electron/world.ts'],
  },
  {
    room: 'electron/main.ts',
    may: [
      'electron',
      'electron/',
      'electron/commands.ts',
      'electron/edges/',
      'electron/start.ts',
      'node:fs',
      'node:path',
      'node:timers/promises',
    ],
  },
  { room: 'electron/preload.ts', may: ['electron'], types: ['shared/'] },
];

const roomOf = (file: string): string | undefined =>
  rooms
    .map(({ room }) => room)
    .filter((room) => (room.endsWith('/') ? file.startsWith(room) : file === room))
    .sort((a, b) => b.length - a.length)[0];

const isOurs = (what: string): boolean => /^(shared|electron|renderer)\//.test(what);

const covers =
  ({ what }: Import) =>
  (permission: string): boolean => {
    if (isOurs(what)) return permission === what || permission === roomOf(what);
    const prefix = permission === 'node:' ? permission : `${permission}/`;
    return what === permission || what.startsWith(prefix);
  };

describe('who may import whom (L1 to L3, S7)', () => {
  test('there is something to look at', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  test.each(rooms)('$room imports what it may, and needs every permission', (row) => {
    const { room, may, types = [] } = row;
    const leaving = imports.filter(
      ({ file, what }) => roomOf(file) === room && !(isOurs(what) && roomOf(what) === room),
    );
    const values = leaving.filter(({ typeOnly }) => !typeOnly);
    const typesAlone = leaving.filter(({ typeOnly }) => typeOnly);
    const all = [...may, ...types];
    expect([
      ...values.filter((one) => !may.some(covers(one))),
      ...typesAlone.filter((one) => !all.some(covers(one))),
    ]).toEqual([]);

    const isNeeded = (by: readonly Import[]) => (permission: string) =>
      by.some((one) => covers(one)(permission));
    const unneeded = [
      ...may.filter((permission) => !isNeeded(values)(permission)),
      ...types.filter((permission) => !isNeeded(typesAlone)(permission)),
    ];
    expect(unneeded, 'permissions that nothing needs').toEqual([]);
  });

  test('no room imports one further down', () => {
    const place = (permission: string) =>
      rooms.findIndex(({ room }) => room === (roomOf(permission) ?? permission));
    const against = rooms.flatMap(({ room, may, types = [] }, at) =>
      [...may, ...types].filter((one) => place(one) > at).map((one) => `${room} → ${one}`),
    );
    expect(against).toEqual([]);
  });

  test('every source has a room', () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test('benchmarks and scripts import nothing of the tests, and scripts nothing of the app', () => {
    const beside = codeIn('bench', 'scripts').flatMap(importsOf);
    expect(beside.length).toBeGreaterThan(100);
    expect(beside.filter(({ what }) => what.startsWith('test/'))).toEqual([]);
    const ofScripts = beside.filter(({ file }) => file.startsWith('scripts/'));
    expect(ofScripts.filter(({ what }) => /^(bench|electron)\//.test(what))).toEqual([]);
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

describe('no circles, types included', () => {
  test('no file of the app needs itself', () => {
    expect(circlesAmong(imports)).toEqual([]);
  });

  test('nor does one of the scripts, benchmarks and tests', () => {
    expect(circlesAmong(codeIn('bench', 'scripts', 'test').flatMap(importsOf))).toEqual([]);
  });
});

describe('what no file of ours does (E9, Q13)', () => {
  test.each([
    ['sets HTML', /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write/],
    ['evaluates text', /\beval\(|new Function\(/],
    ['opens windows of pages', /window\.open\(/],
    ['shows files of the system', /showItemInFolder|readShortcut/],
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

  test('one file opens URLs, and the guard is in it (E8)', () => {
    const calling = sources.filter((file) =>
      /shell\.openExternal|loadURL\(.*http/.test(textOf(file)),
    );
    expect(calling).toEqual(['electron/edges/external.ts']);
    const text = textOf('electron/edges/external.ts');
    expect(text.match(/(?:openExternal|xdgOpen)\([^)]*\)/g)).toEqual([
      'xdgOpen(checked.url)',
      'openExternal(checked.url)',
    ]);
    const asking = sources.filter((file) => /edges\.openExternal\(/.test(textOf(file)));
    expect(asking).toEqual(['electron/window/answers/places.ts']);
  });

  test('one file opens a folder of the system, and it is asked for history and log alone (E8)', () => {
    const opener = 'electron/edges/folder-opener.ts';
    const browser = 'electron/edges/external.ts';
    const onLinux = 'electron/edges/xdg-open.ts';
    const opening = sources.filter((file) =>
      /openPath|import \{[^}]*\bshell\b[^}]*\} from 'electron'|xdg-open|xdgOpen|child_process/.test(
        textOf(file),
      ),
    );
    expect(opening).toEqual([browser, opener, onLinux]);
    expect(imports.filter(({ what }) => what === onLinux).map(({ file }) => file)).toEqual([
      browser,
      opener,
    ]);
    const calls = sources.flatMap((file) => textsInCallsOf(file, 'folderOpener'));
    expect(calls).toEqual([['history'], ['logs']]);
  });
});

describe('functions stay within a screen', () => {
  const screen = 60;
  const long = sources.flatMap((file) => functionsOver(file, screen));
  const excused = new Set(longFunctions.flatMap(({ functions }) => functions));

  test('none is longer than 60 lines without a reason', () => {
    const without = long.filter(({ file, name }) => !excused.has(`${file} ${name}`));
    expect(without).toEqual([]);
  });

  test('no reason is given for one that is short', () => {
    const stillLong = new Set(long.map(({ file, name }) => `${file} ${name}`));
    expect([...excused].filter((one) => !stillLong.has(one))).toEqual([]);
  });
});
