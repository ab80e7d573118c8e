import { expect, test } from 'vitest';
import { readSwitches } from '../electron/switches.ts';

const read = (...argv: string[]) => {
  const result = readSwitches(argv);
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

test('quitting, exporting and simulating are tasks', () => {
  expect(read('--quit')).toMatchObject({ task: { kind: 'quit' } });
  expect(read('--export', 'out.jsonl', '--with-quarantine')).toMatchObject({
    task: { kind: 'export', file: 'out.jsonl', withQuarantine: true },
  });
  expect(read('--simulate=recalculation')).toMatchObject({
    task: { kind: 'simulate', what: 'recalculation' },
  });
});

test('a switch without the value it needs is told, others are not ours', () => {
  expect(read('--export')).toBe('--export needs a file after it');
  expect(read('--provision', '--hidden')).toBe('--provision needs a file after it');
  expect(read('--inspect=0', '--enable-logging', '--exporting')).toMatchObject({
    task: { kind: 'run' },
  });
});
