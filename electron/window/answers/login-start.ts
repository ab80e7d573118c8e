import type { Answers } from '../../../shared/ipc.ts';
import type { SettingsStore } from '../../setup/settings.ts';
import type { Edges } from '../../world.ts';
import type { Settle } from './settle.ts';

export type LoginStartAnswerOptions = {
  readonly edges: Pick<Edges, 'loginStart'>;
  readonly settings: SettingsStore;
  readonly settle: Settle;
};

/** Answers about starting at login. Nothing of it is stored but that the question was answered (T8). */
export const createLoginStartAnswers = ({
  edges: { loginStart },
  settings,
  settle,
}: LoginStartAnswerOptions): Pick<Answers, 'loginStart' | 'changeLoginStart'> => ({
  loginStart: loginStart.read,
  changeLoginStart: ({ on }) =>
    settle(async () => {
      await loginStart.set(on);
      const { preferences } = settings.current;
      settings.remember({ preferences: { ...preferences, askedAboutLogin: true } });
    }),
});
