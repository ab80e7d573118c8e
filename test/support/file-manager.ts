import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Stands before the system's own `xdg-open` until disposed of; `then` is what it does after noting what it was asked to open. */
export const fakeFileManager = (then: 'opens' | 'refuses' | 'stays open') => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-opener-'));
  const [asked, closed] = [join(folder, 'asked'), join(folder, 'closed')];
  const ending = {
    opens: 'exit 0',
    refuses: 'exit 3',
    'stays open': `while [ -d '${folder}' ] && [ ! -e '${closed}' ]; do sleep 0.1; done`,
  };
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${asked}'\n${ending[then]}\n`;
  writeFileSync(join(folder, 'xdg-open'), script, { mode: 0o755 });
  const { PATH = '' } = process.env;
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return {
    /** What it was asked to open. */
    asked: () => (existsSync(asked) ? readFileSync(asked, 'utf8').trimEnd().split('\n') : []),
    [Symbol.dispose]: () => {
      process.env.PATH = PATH;
      writeFileSync(closed, '');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
