type Due = { at: number; readonly order: number; readonly task: () => void };

export type VirtualClock = ReturnType<typeof virtualClock>;

const shortMs = 100;

/**
 * A clock that moves only when told. Tasks run in the order in which they are due. One that `runs` goes on by itself as well, for an app
 * over real HTTP: its tasks of less than 100 ms are due in real time, all others when it is moved.
 */
export const virtualClock = ({
  runs = false,
  startsAt,
}: {
  readonly runs?: boolean;
  /** Epoch ms; for one that runs, now, if nothing is said. */
  readonly startsAt?: number;
} = {}) => {
  const start = startsAt ?? (runs ? Date.now() : Date.UTC(2026, 0, 1));
  const bornAt = performance.now();
  const waiting = new Set<Due>();
  let ahead = 0;
  let set = 0;
  let order = 0;

  const steady = () => ahead + (runs ? performance.now() - bornAt : 0);
  const run = (due: Due) => {
    waiting.delete(due);
    due.task();
  };
  const next = (until: number) => inOrder([...waiting].filter(({ at }) => at <= until))[0];

  return {
    /** Epoch ms, as the calendar is set. */
    now: () => Math.round(start + set + steady()),
    /** Ms that have passed. Nobody can set that clock. */
    steady,
    uptime: steady,
    schedule: (ms: number, task: () => void) => {
      if (runs && ms < shortMs) {
        const timer = setTimeout(task, ms);
        return () => clearTimeout(timer);
      }
      order += 1;
      const due = { at: steady() + ms, order, task };
      waiting.add(due);
      return () => void waiting.delete(due);
    },
    waiting: () => waiting.size,
    /** Lets time pass task by task, and promises settle in between. */
    pass: async (ms: number): Promise<void> => {
      const until = steady() + ms;
      await settle();
      for (let due = next(until); due; due = next(until)) {
        ahead += Math.max(0, due.at - steady());
        run(due);
        await settle();
      }
      ahead += Math.max(0, until - steady());
    },
    /** Lets time pass at once, as after a sleep: what has become due by then runs once, late. */
    setForward: (ms: number): void => {
      ahead += ms;
      const now = steady();
      for (const due of inOrder([...waiting].filter(({ at }) => at <= now)))
        if (waiting.has(due)) run(due);
    },
    /** Lets time pass that nothing notices, as while a computer sleeps. */
    skip: (ms: number): void => {
      ahead += ms;
    },
    /** Sets the calendar: no time passes. */
    setClock: (ms: number): void => {
      set += ms;
    },
  };
};

const inOrder = (tasks: Due[]) => tasks.sort((a, b) => a.at - b.at || a.order - b.order);

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
