import { ipcMain, type WebFrameMain } from 'electron';
import { isOurs } from './page-guard.ts';
import { origin } from './pages.ts';

/** Answers the main frame of our own page and refuses any other frame. A failed question rejects without a stack or a path. */
export const answerWindow = (
  ask: (name: string, input: unknown) => unknown,
  onFailed: (name: string, error: unknown) => void,
): void => {
  ipcMain.handle('app:ask', async ({ senderFrame }, name: unknown, input: unknown) => {
    if (!isOurPage(senderFrame) || typeof name !== 'string') throw new Error('refused');
    try {
      return await ask(name, input);
    } catch (error) {
      onFailed(name, error);
      throw new Error('failed');
    }
  });
};

const isOurPage = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && frame.origin === origin && isOurs(frame.url);
