import { app, dialog } from 'electron';
import { traceOf } from './log.ts';
import { InTheWay } from './regular-file.ts';

export type GivingUpOptions = {
  /** The folder everything is kept in. */
  readonly userData: string;
  /** Whether a person is looking who may see a dialog. */
  readonly attended: boolean;
  readonly say: (ok: boolean, text: string) => void;
};

/** Why Hookbell cannot start, and what helps, in words for a person. */
export class CannotStart extends Error {}

/**
 * Ends the app when it could not start: else it would live on without window or tray, and every other start would wait for it. Said on
 * stderr, and in a dialog where somebody looks.
 */
export const giveUp = (error: unknown, { userData, attended, say }: GivingUpOptions): void => {
  const why = whyNot(error, userData);
  say(false, `Hookbell: ${title}. ${why}`);
  try {
    if (attended) dialog.showErrorBox(`Hookbell: ${title}`, why);
  } finally {
    app.exit(1);
  }
};

const title = 'it cannot start';

/** What the system refused is quoted, and nothing else, as in the log. */
const whyNot = (error: unknown, userData: string): string => {
  if (error instanceof CannotStart) return error.message;
  if (error instanceof InTheWay)
    return `In its folder ${userData}, ${error.message}. Move that away, then start Hookbell again.`;
  return error instanceof Error && 'syscall' in error
    ? `The system does not let it use its folder ${userData}: ${error.message}. Make sure that the folder and everything in it belong to your user account and that the disk has room, then start Hookbell again.`
    : `It failed on ${userData} for a reason it does not know. Please report this: ${traceOf(error)}`;
};
