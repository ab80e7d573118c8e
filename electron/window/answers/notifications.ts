import type { Answers } from '../../../shared/ipc.ts';
import { type Rule, type RuleDraft, rulesAtMost } from '../../../shared/notification-rules.ts';
import type { OwnHolds } from '../../notifications/holds.ts';
import type { PreviewRules } from '../../notifications/rule-preview.ts';
import type { TestNotifications } from '../../notifications/test-notification.ts';
import type { SettingsStore } from '../../setup/settings.ts';
import type { Edges } from '../../world.ts';
import type { Settle } from './settle.ts';

export type NotificationAnswerOptions = {
  readonly edges: Pick<Edges, 'random'>;
  readonly settings: SettingsStore;
  readonly holds: OwnHolds;
  /** Null where there are too many. */
  readonly withRule: (
    rules: readonly Rule[],
    draft: RuleDraft,
    id: string,
  ) => { readonly rules: Rule[]; readonly added: Rule } | null;
  readonly previewRules: PreviewRules;
  readonly testNotification: TestNotifications;
  readonly settle: Settle;
};

type NotificationAnswers = Pick<
  Answers,
  | 'addRule'
  | 'removeRule'
  | 'previewRules'
  | 'pause'
  | 'resume'
  | 'changeQuietHours'
  | 'testNotification'
>;

const tooMany = {
  status: 'failed',
  problem: {
    code: 'invalid',
    field: 'rule',
    message: `There are ${rulesAtMost} rules already. Remove one first`,
  },
} as const;

/** Answers to what the person decides about notifications. */
export const createNotificationAnswers = (
  options: NotificationAnswerOptions,
): NotificationAnswers => {
  const { edges, settings, holds, settle } = options;
  return {
    addRule: async (draft) => {
      const changed = options.withRule(settings.current.rules, draft, edges.random.id());
      if (!changed) return tooMany;
      const settled = await settle(() => settings.change({ rules: changed.rules }));
      return settled.status === 'done' ? { ...settled, value: changed.added } : settled;
    },
    removeRule: ({ id }) =>
      settle(() => {
        const { rules } = settings.current;
        settings.change({ rules: rules.filter((rule) => rule.id !== id) });
      }),
    previewRules: ({ rules }) => options.previewRules(rules),
    pause: ({ until }) => settle(() => holds.pause(until)),
    resume: () => settle(holds.resume),
    changeQuietHours: (quietHours) =>
      settle(async () => {
        settings.change({ quietHours });
        await holds.ready();
      }),
    testNotification: ({ kind }) => options.testNotification(kind),
  };
};
