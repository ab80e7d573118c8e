import { expect, test } from 'vitest';
import { openPlainApp } from '../bench/harness/plain-app.ts';
import { tempFolder } from './history/support/temp-folder.ts';

test('of an answer only what the contract promises reaches the window, and what is none is refused (E6)', async () => {
  using temp = tempFolder();
  const told = { status: 'opened' as const, token: 'not for the window' };
  const app = await openPlainApp({
    folder: temp.path,
    openHistoryFolder: async () => told,
    clipboard: () => told,
  });
  expect(await app.ask('openHistoryFolder', undefined)).toEqual({ status: 'opened' });
  await expect(app.ask('copyText', { text: 'a' })).rejects.toThrow();
  await app.close();
});
