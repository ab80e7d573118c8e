import { beforeEach, expect, test, vi } from 'vitest';
import { giveUp } from '../../electron/edges/giving-up.ts';

const happened = vi.hoisted((): string[] => []);
vi.mock('electron', () => ({
  app: { exit: (code: number) => happened.push(`exit ${code}`) },
  dialog: {
    showErrorBox: (title: string, content: string) => happened.push(`shown: ${title}. ${content}`),
  },
}));
beforeEach(() => void happened.splice(0));

const userData = '/home/me/.config/hookbell';
const refused = Object.assign(new Error("EACCES: permission denied, mkdir '/home/me'"), {
  syscall: 'mkdir',
});
const giveUpAfter = (error: unknown, attended: boolean) =>
  giveUp(error, {
    ...{ userData, attended },
    say: (ok, text) => happened.push(`${ok ? 'stdout' : 'stderr'}: ${text}`),
  });
const words = /cannot start.*\/home\/me\/\.config\/hookbell: EACCES.*belong to your user account/;

test('an app that could not start says why, to what, and what helps, and ends', () => {
  giveUpAfter(refused, true);
  expect(happened).toEqual([
    expect.stringMatching(/^stderr: /),
    expect.stringMatching(/^shown: /),
    'exit 1',
  ]);
  expect(happened[0]).toMatch(words);
  expect(happened[1]).toMatch(words);
});

test('where nobody looks no dialog keeps it from ending', () => {
  giveUpAfter(refused, false);
  expect(happened).toEqual([expect.stringMatching(words), 'exit 1']);
});

test('a bug is told by where it is, without the words it may quote', () => {
  giveUpAfter(new Error('whsec_quoted'), true);
  expect(happened).toHaveLength(3);
  expect(happened.join()).toContain('giving-up.test.ts');
  expect(happened.join()).not.toContain('whsec_quoted');
});
