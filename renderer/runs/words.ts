import type { StageView } from '../../shared/run.ts';

export const stageWords = {
  transfers: 'transfers',
  gains: 'gains and losses',
} as const satisfies Record<StageView['stage'], string>;

const done = {
  transfers: {
    'going-on': 'Looking for transfers',
    completed: 'Transfers matched',
    failed: 'Matching transfers failed',
    'end-unknown': 'Matching transfers: no end was told',
  },
  gains: {
    'going-on': 'Working out gains and losses',
    completed: 'Gains and losses worked out',
    failed: 'Gains and losses could not be worked out',
    'end-unknown': 'Gains and losses: no end was told',
  },
} as const satisfies Record<StageView['stage'], Record<StageView['outcome'], string>>;

export const doneWords = ({ stage, outcome }: Pick<StageView, 'stage' | 'outcome'>): string =>
  done[stage][outcome];

type OfUser = { readonly user: string | null; readonly userId: string };

/** The name on screen, else the id, shortened. */
export const userName = ({ user, userId }: OfUser): string => {
  if (user !== null) return user;
  if (userId === '') return 'User not told';
  return `User ${userId.length > 12 ? `${userId.slice(0, 8)}…` : userId}`;
};
