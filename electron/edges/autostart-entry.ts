/** What an autostart entry starts. https://specifications.freedesktop.org/autostart-spec/latest/ */
export type AutostartEntry = {
  readonly program: string;
  readonly arguments: readonly string[];
};

/** The text of an entry. Any text comes back whole from `readAutostartEntry`, but for NUL, which no path has. */
export const autostartEntry = ({ program, arguments: given }: AutostartEntry): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Hookbell',
    'Comment=Receives webhooks and notifies you of what matters',
    'Icon=hookbell',
    `Exec=${escaped([...through(program), program, ...given].map(quoted).join(' '))}`,
    `TryExec=${escaped(program)}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** The entry in a file that any program may have written; null where a desktop would not start it. */
export const readAutostartEntry = (text: string): AutostartEntry | null => {
  const keys = keysIn(text);
  const isDisabled =
    keys.get('Hidden') === 'true' || keys.get('X-GNOME-Autostart-enabled') === 'false';
  const words = wordsIn(unescaped(keys.get('Exec') ?? ''));
  const [program, ...given] = words[0] === 'env' ? words.slice(1) : words;
  return isDisabled || program === undefined ? null : { program, arguments: given };
};

/** GLib looks for the program before it reads `%%` as `%`. */
const through = (program: string): string[] => (program.includes('%') ? ['env'] : []);

const keysIn = (text: string): ReadonlyMap<string, string> => {
  const lines = text.split('\n').map((line) => line.trim());
  const start = lines.indexOf('[Desktop Entry]') + 1;
  const end = lines.findIndex((line, at) => at >= start && line.startsWith('['));
  const group = start === 0 ? [] : lines.slice(start, end === -1 ? undefined : end);
  return new Map(
    group.flatMap((line) => {
      const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*)$/s.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
};

/** For `Exec`: `%` begins a field code, also within quotes. */
const quoted = (word: string): string => {
  const literal = word.replaceAll('%', '%%');
  return /^[\w%+,./:=@-]+$/.test(literal) ? literal : `"${literal.replace(/["`$\\]/g, '\\$&')}"`;
};

/** The words of `Exec`. A field code stands for what the desktop has to pass, which is nothing at login. */
const wordsIn = (exec: string): string[] =>
  [...exec.matchAll(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/gs)].flatMap(([word]) => {
    const plain = word.replace(/"((?:\\.|[^"\\])*)"/gs, (_all, inner: string) =>
      inner.replace(/\\(.)/gs, '$1'),
    );
    return /^%[^%]$/.test(plain) ? [] : [plain.replaceAll('%%', '%')];
  });

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};
const characters: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r' };

/** For every value: a value ends with its line. */
const escaped = (value: string): string =>
  value.replace(/[\\\n\t\r]/g, (character) => escapes[character] ?? character);

const unescaped = (value: string): string =>
  value.replace(/\\(.)/gs, (_all, letter: string) => characters[letter] ?? letter);
