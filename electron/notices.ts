import type { Problem } from '../shared/problem.ts';

export type Notices = ReturnType<typeof createNotices>;

/** The problems that something noticed, one of each code, until they are over or were read. Each is logged when it is noticed. */
export const createNotices = (log: (line: string) => void, onChange: () => void) => {
  const noted = new Map<Problem['code'], Problem>();
  return {
    note: (problem: Problem): void => {
      noted.set(problem.code, problem);
      log(JSON.stringify(problem));
      onChange();
    },
    forget: (code: Problem['code']): void => {
      if (noted.delete(code)) onChange();
    },
    has: (code: Problem['code']): boolean => noted.has(code),
    list: (): readonly Problem[] => [...noted.values()],
  };
};
