import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSwitches, usage } from '../electron/switches.ts';

const read = (...argv: string[]) => {
  const result = readSwitches(argv);
  if (result.status === 'question') return result.about;
  return result.status === 'valid' ? result.switches : result.message;
};

test('switches are read with their values after a space or an equals sign', () => {
  expect(read('.', '--provision', 'a b.json', '--user-data-dir=x', '--hidden')).toEqual({
    provision: 'a b.json',
    hidden: true,
    task: { kind: 'run' },
  });
  expect(read('--provision=a=b.json')).toMatchObject({ provision: 'a=b.json' });
});

test('--quit, --export and --simulate are tasks', () => {
  expect(read('--quit')).toMatchObject({ task: { kind: 'quit' } });
  expect(read('--export', 'out.jsonl', '--with-quarantine')).toMatchObject({
    task: { kind: 'export', file: 'out.jsonl', withQuarantine: true },
  });
  expect(read('--simulate=recalculation')).toMatchObject({
    task: { kind: 'simulate', what: 'recalculation' },
  });
});

test('--help and --version are answered whatever stands beside them, except a link', () => {
  expect(read('--hidden', '--help')).toBe('help');
  expect(read('-h')).toBe('help');
  expect(read('.', '--version')).toBe('version');
  expect(read('hookbell://event/1', '--help')).toMatchObject({ task: { kind: 'run' } });
});

test('the README and the man page name each switch of --help', () => {
  const readme = readFileSync('README.md', 'utf8');
  const manual = readFileSync('resources/linux/hookbell.1', 'utf8').replaceAll('\\-', '-');
  for (const [name] of usage.matchAll(/--[a-z-]+/g)) {
    expect(readme).toContain(name);
    expect(manual).toContain(name);
  }
});

test('a switch without its value is a mistake, and unknown switches are ignored', () => {
  expect(read('--export')).toBe('--export needs a file after it');
  expect(read('--provision', '--hidden')).toBe('--provision needs a file after it');
  expect(read('--inspect=0', '--enable-logging', '--exporting')).toMatchObject({
    task: { kind: 'run' },
  });
});
