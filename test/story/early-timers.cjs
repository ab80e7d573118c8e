/**
 * Loaded into the main process before the app: notes the timers that the app starts before a story takes its clock. Left in real time,
 * a heartbeat of 15 s would find hours passed.
 */
const real = { setTimeout, clearTimeout };

globalThis.earlyTimers = new Map();

globalThis.setTimeout = (task, ms = 0, ...args) => {
  const run = () => {
    globalThis.earlyTimers.delete(timer);
    task(...args);
  };
  const timer = real.setTimeout(run, ms);
  globalThis.earlyTimers.set(timer, { ms, dueAt: Date.now() + ms, task: run });
  return timer;
};

globalThis.clearTimeout = (timer) => {
  globalThis.earlyTimers.delete(timer);
  real.clearTimeout(timer);
};
