import { app, dialog } from 'electron';
import { traceOf } from '../trace.ts';
import { InTheWay } from './regular-file.ts';

export type StartFailureOptions = {
  /** The profile's folder. */
  readonly userData: string;
  /** Whether a person may see a dialog. */
  readonly attended: boolean;
  readonly say: (ok: boolean, text: string) => void;
};

/** Why Hookbell cannot start and what helps, in words for a person. */
export class CannotStart extends Error {}

/**
 * Ends an app that could not start, for which every other start would wait. Reports the failure on stderr, and in a dialog where attended.
 */
export const endFailedStart = (
  error: unknown,
  { userData, attended, say }: StartFailureOptions,
): void => {
  const why = failureWords(error, userData);
  say(false, `Hookbell: ${title}. ${why}`);
  try {
    if (attended) dialog.showErrorBox(`Hookbell: ${title}`, why);
  } finally {
    app.exit(1);
  }
};

const title = 'it cannot start';

/** Quotes only the system's own errors, as the log does. */
const failureWords = (error: unknown, userData: string): string => {
  if (error instanceof CannotStart) return error.message;
  if (error instanceof InTheWay)
    return `In its folder ${userData}, ${error.message}. Move that away, then start Hookbell again.`;
  return error instanceof Error && 'syscall' in error
    ? `The system does not let it use its folder ${userData}: ${error.message}. Make sure that the folder and everything in it belong to your user account and that the disk has room, then start Hookbell again.`
    : `It failed on ${userData} for a reason it does not know. Please report this: ${traceOf(error)}`;
};
