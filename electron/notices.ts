import type { Problem } from '../shared/problem.ts';

export type Notices = ReturnType<typeof createNotices>;

/** The problems that something noticed, until they are over or were read: one of each code, of damage all. Each is logged when it is noticed. */
export const createNotices = (log: (line: string) => void, onChange: () => void) => {
  const noted = new Map<string, Problem>();
  return {
    note: (problem: Problem): void => {
      noted.set(keyOf(problem), problem);
      log(JSON.stringify(problem));
      onChange();
    },
    forget: (code: Problem['code']): void => {
      const over = [...noted].filter(([, problem]) => problem.code === code);
      for (const [key] of over) noted.delete(key);
      if (over.length > 0) onChange();
    },
    has: (code: Problem['code']): boolean =>
      [...noted.values()].some((problem) => problem.code === code),
    list: (): readonly Problem[] => [...noted.values()],
  };
};

const keyOf = (problem: Problem): string =>
  problem.code === 'history-damaged' ? `${problem.code} ${problem.what}` : problem.code;
