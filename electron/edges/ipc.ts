import { ipcMain, type WebFrameMain } from 'electron';
import { questionFor } from '../ask.ts';
import { traceOf } from './log.ts';
import { isOurs } from './page-guard.ts';
import { origin } from './pages.ts';

/** Answers the questions of our own page in its main frame; anyone else is refused, and nobody sees a stack or a path. */
export const answerWindow = (
  ask: (name: string, input: unknown) => unknown,
  log: (line: string) => void,
): void => {
  ipcMain.handle('app:ask', async ({ senderFrame }, name: unknown, input: unknown) => {
    if (!isOurPage(senderFrame) || typeof name !== 'string') throw new Error('refused');
    try {
      return await ask(name, input);
    } catch (error) {
      log(`ask ${questionFor(name)}: ${traceOf(error)}`);
      throw new Error('failed');
    }
  });
};

const isOurPage = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && frame.origin === origin && isOurs(frame.url);
