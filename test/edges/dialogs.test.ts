import { expect, test, vi } from 'vitest';
import {
  isChoosing,
  readChosenSettings,
  readWhatThePersonChooses,
  saveWhereThePersonSays,
} from '../../electron/edges/dialogs.ts';

/** Dialogs that stay open until `answers` says so. */
const { dialog, answers } = await vi.hoisted(async () => {
  const { EventEmitter } = await import('node:events');
  const answers = new EventEmitter();
  const open = async () => {
    await new Promise((resolve) => answers.once('cancel', resolve));
    return { canceled: true, filePath: '', filePaths: [] };
  };
  return { answers, dialog: { showSaveDialog: open, showOpenDialog: open } };
});
vi.mock('electron', () => ({ dialog }));

async function* noLines() {}

test.each([
  () => saveWhereThePersonSays(noLines(), { title: 'Save', name: 'all', format: 'txt' }),
  readWhatThePersonChooses,
  readChosenSettings,
])('the app is in use while the person chooses a file: %s', async (choose) => {
  expect(isChoosing()).toBe(false);
  const chosen = choose();
  expect(isChoosing()).toBe(true);
  answers.emit('cancel');
  expect(await chosen).toBe(null);
  expect(isChoosing()).toBe(false);
});
