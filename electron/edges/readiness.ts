import { app } from 'electron';

export type Readiness = ReturnType<typeof createReadiness>;

/**
 * Electron begins to start when the main module has been evaluated, and then holds the only thread for a tenth of a second.
 * What must not wait for that is awaited there. It may come to need Electron all the same; then neither waits for the other.
 */
export const createReadiness = () => {
  let letGo = () => {};
  const wanted = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    /** Settles when Electron is ready: for whatever is asked of the desktop. */
    ready: (): Promise<void> => {
      letGo();
      return app.whenReady();
    },
    /** Settles with the task, or as soon as somebody waits for Electron. Never rejects. */
    before: (task: Promise<unknown>): Promise<unknown> =>
      Promise.race([task.catch(() => {}), wanted]),
  };
};
