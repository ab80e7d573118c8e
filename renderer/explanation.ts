import type { Opening } from '../shared/ipc.ts';

/** What one button does. */
export type Action = { verb: string } & (
  | { does: 'open'; opening: Opening }
  | { does: 'accept-host'; host: string }
  | { does: 'raise-share'; sourceId: string }
);

/** A problem in words: what is wrong, what helps, and the one thing to do. */
export type Explanation = {
  title: string;
  remedy: string;
  action: Action | null;
  /** What can be done in its place. */
  instead: Action | null;
  /** Having read it is enough; all others go when they are over. */
  readable: boolean;
  /** When it began, epoch ms. */
  since: number | null;
};

export const page = (
  verb: string,
  name: 'sources' | 'health' | 'settings' | 'simulator' | 'timeline',
): Action => ({ verb, does: 'open', opening: { what: 'page', page: name } });

export const told = (
  title: string,
  remedy: string,
  more: Partial<Omit<Explanation, 'title' | 'remedy'>> = {},
): Explanation => ({
  ...{ title, remedy, action: null, instead: null, readable: false, since: null },
  ...more,
});
