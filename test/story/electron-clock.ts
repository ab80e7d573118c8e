import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';

/** To be loaded into the main process before the app. */
export const earlyTimersFile = join(import.meta.dirname, 'early-timers.cjs');

declare global {
  /** The timers that wait when the story takes the clock, kept by `early-timers.cjs`. `dueAt` is epoch ms. */
  var earlyTimers: Map<NodeJS.Timeout, { ms: number; dueAt: number; task: () => void }>;
  /** The clock of the story, in the main process of the app under test. */
  var storyClock: {
    readonly pass: (ms: number) => Promise<void>;
    readonly jump: (ms: number) => void;
    readonly now: () => number;
  };
}

/**
 * Takes the clock of a running app, which loaded `early-timers.cjs`, into the test's hands. Its timers of 100 ms and more run when the test lets time pass; so do `Date.now`
 * and the uptime of the computer. The limit of 3 s for an answer of the desktop stays in real time, because the desktop does.
 */
export const takeClock = (electron: ElectronApplication, startsAt: number): Promise<void> =>
  electron.evaluate((_electron, begin) => {
    type Due = { at: number; order: number; ms: number; task: () => void };
    const desktopLimitMs = 3000;
    // Ticks come as seldom as the app takes for no sleep, because a day has many.
    const ticksMs = new Map([
      [5000, 14_000],
      [15_000, 40_000],
      [30_000, 30_000],
    ]);
    const os = process.getBuiltinModule('node:os');
    const real = { setTimeout, clearTimeout, now: Date.now, uptime: os.uptime };
    const waiting = new Set<Due>();
    let ahead = begin - real.now();
    const aheadAtStart = ahead;
    let order = 0;
    const now = () => real.now() + ahead;
    const nextUntil = (until: number): Due | undefined =>
      [...waiting]
        .filter(({ at }) => at <= until)
        .sort((one, other) => one.at - other.at || one.order - other.order)[0];
    const settle = (ms: number) => new Promise<void>((resolve) => real.setTimeout(resolve, ms));
    const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()));

    class VirtualTimer {
      readonly due: Due;
      constructor(due: Due) {
        this.due = due;
      }
      ref() {
        return this;
      }
      unref() {
        return this;
      }
      hasRef() {
        return true;
      }
    }

    const virtualTimeout = (task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      if (ms < 100 || ms === desktopLimitMs) return real.setTimeout(task, ms, ...args);
      order += 1;
      const at = now() + (ticksMs.get(ms) ?? ms);
      const due = { at, order, ms, task: () => task(...args) };
      waiting.add(due);
      return new VirtualTimer(due);
    };
    const taken = new Map<unknown, Due>();
    const clearVirtual = (timer: unknown): void => {
      const due = timer instanceof VirtualTimer ? timer.due : taken.get(timer);
      if (due) waiting.delete(due);
      else Reflect.apply(real.clearTimeout, undefined, [timer]);
    };
    for (const [timer, { ms, dueAt, task }] of globalThis.earlyTimers) {
      if (ms < 100 || ms === desktopLimitMs) continue;
      real.clearTimeout(timer);
      order += 1;
      const due = { at: dueAt + ahead, order, ms, task };
      waiting.add(due);
      taken.set(timer, due);
    }
    Object.assign(globalThis, { setTimeout: virtualTimeout, clearTimeout: clearVirtual });
    Date.now = () => Math.round(now());
    Object.assign(os, { uptime: () => real.uptime() + (ahead - aheadAtStart) / 1000 });
    process.getBuiltinModule('node:module').syncBuiltinESMExports();

    globalThis.storyClock = {
      now: () => Math.round(now()),
      jump: (ms) => {
        ahead += ms;
      },
      pass: async (ms) => {
        const until = now() + ms;
        await settle(30);
        for (let due = nextUntil(until); due; due = nextUntil(until)) {
          ahead += Math.max(0, due.at - now());
          waiting.delete(due);
          due.task();
          // What is more than a tick may ask the desktop, which answers in real time.
          if (ticksMs.has(due.ms)) await turn();
          else await settle(15);
        }
        ahead += Math.max(0, until - now());
        await settle(30);
      },
    };
  }, startsAt);

export const passIn = (electron: ElectronApplication, ms: number): Promise<void> =>
  electron.evaluate((_electron, passing) => globalThis.storyClock.pass(passing), ms);

/** The computer sleeps and wakes up, and says so before and after. */
export const sleepIn = async (electron: ElectronApplication, ms: number): Promise<void> => {
  await electron.evaluate(({ powerMonitor }, sleeping) => {
    powerMonitor.emit('suspend');
    globalThis.storyClock.jump(sleeping);
    powerMonitor.emit('resume');
  }, ms);
  await passIn(electron, 1000);
};

export const nowIn = (electron: ElectronApplication): Promise<number> =>
  electron.evaluate(() => globalThis.storyClock.now());
