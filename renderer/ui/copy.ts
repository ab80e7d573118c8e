import { ask } from '../state.ts';
import { announce } from './announcer.ts';

/** Puts text on the clipboard, by way of main: the window itself has no right to. */
export async function copy(text: string): Promise<void> {
  await ask('copyText', { text });
  announce('Copied.');
}
