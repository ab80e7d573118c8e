import { ask } from '../state.ts';
import { announce } from './announcer.ts';

/** Copies through main, because the window has no right to the clipboard. */
export async function copy(text: string): Promise<void> {
  await ask('copyText', { text });
  announce('Copied.');
}
