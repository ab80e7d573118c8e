/** A task that runs once, however often it is asked for. Where it rejects, the next call is another try. */
export const onceDone = (task: () => Promise<void>): (() => Promise<void>) => {
  let attempt: Promise<void> | null = null;
  return () => {
    attempt ??= task().catch((error) => {
      attempt = null;
      throw error;
    });
    return attempt;
  };
};
