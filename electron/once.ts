/** Runs a task once: all calls share its promise. After a rejection, the next call runs it again. */
export const runOnce = (task: () => Promise<void>): (() => Promise<void>) => {
  let attempt: Promise<void> | null = null;
  return () => {
    attempt ??= task().catch((error) => {
      attempt = null;
      throw error;
    });
    return attempt;
  };
};
