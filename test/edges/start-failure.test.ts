import { beforeEach, expect, test, vi } from 'vitest';
import { endFailedStart } from '../../electron/edges/start-failure.ts';

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
const failAfter = (error: unknown, attended: boolean) =>
  endFailedStart(error, {
    ...{ userData, attended },
    say: (ok, text) => happened.push(`${ok ? 'stdout' : 'stderr'}: ${text}`),
  });
const words = /cannot start.*\/home\/me\/\.config\/hookbell: EACCES.*belong to your user account/;

test('a failed start ends the app and says why it failed, on which folder, and what helps', () => {
  failAfter(refused, true);
  expect(happened).toEqual([
    expect.stringMatching(/^stderr: /),
    expect.stringMatching(/^shown: /),
    'exit 1',
  ]);
  expect(happened[0]).toMatch(words);
  expect(happened[1]).toMatch(words);
});

test('an unattended start ends without a dialog', () => {
  failAfter(refused, false);
  expect(happened).toEqual([expect.stringMatching(words), 'exit 1']);
});

test('a bug is reported by its place, without its message, which may quote a secret', () => {
  failAfter(new Error('whsec_quoted'), true);
  expect(happened).toHaveLength(3);
  expect(happened.join()).toContain('start-failure.test.ts');
  expect(happened.join()).not.toContain('whsec_quoted');
});
