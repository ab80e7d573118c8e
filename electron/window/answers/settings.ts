import type { Answers } from '../../../shared/ipc.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Retention } from '../../../shared/settings.ts';
import type { Conditions } from '../../conditions/conditions.ts';
import type { History } from '../../history/history.ts';
import { isAgreed } from '../../history/retention.ts';
import { plainHost } from '../../hosts.ts';
import type { OtherHosts } from '../../receiver/other-hosts.ts';
import type { PublicUrl } from '../../receiver/public-url.ts';
import { authtokenFor } from '../../setup/authtoken.ts';
import type { SettingsStore } from '../../setup/settings.ts';
import { choiceMistake, chooseTunnel } from '../../setup/tunnel-settings.ts';
import type { Vault } from '../../setup/vault.ts';
import type { Updater } from '../../updates/updater.ts';
import type { Settle } from './settle.ts';

export type SettingsAnswerOptions = {
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly history: Pick<History, 'lossUnder' | 'removeOld'>;
  readonly conditions: Pick<Conditions, 'snooze' | 'acknowledge' | 'reopen'>;
  readonly otherHosts: Pick<OtherHosts, 'accept'>;
  readonly publicUrl: Pick<PublicUrl, 'configure'>;
  /** The limits of the history that would hold now under this choice. */
  readonly limitsOf: (retention: Retention) => Retention;
  /** The person wants the public URL tried again. */
  readonly reconnect: () => void;
  readonly updates: Pick<Updater, 'check' | 'restart'>;
  readonly settle: Settle;
  readonly onChange: () => void;
};

type SettingsAnswers = Pick<
  Answers,
  | 'changePreferences'
  | 'changeSearches'
  | 'snoozeCondition'
  | 'acknowledgeCondition'
  | 'reopenCondition'
  | 'changeTunnel'
  | 'retryTunnel'
  | 'checkForUpdates'
  | 'restartToUpdate'
  | 'acceptHost'
  | 'changeRetention'
>;

const failed = (problem: Problem) => ({ status: 'failed', problem }) as const;

/** Answers to what the person chooses, and says of conditions. */
export const createSettingsAnswers = (options: SettingsAnswerOptions): SettingsAnswers => {
  const { settings, vault, history, conditions, publicUrl, settle } = options;
  return {
    changePreferences: ({ theme, density, notificationDetail, askedAboutLogin }) => {
      const { preferences } = settings.current;
      return settle(() =>
        settings.change({
          preferences: {
            ...preferences,
            theme: theme ?? preferences.theme,
            density: density ?? preferences.density,
            notificationDetail: notificationDetail ?? preferences.notificationDetail,
            askedAboutLogin: askedAboutLogin ?? preferences.askedAboutLogin,
          },
        }),
      );
    },

    changeSearches: ({ searches }) => settle(() => settings.change({ searches })),
    snoozeCondition: ({ id, until }) => conditions.snooze(id, until),
    acknowledgeCondition: ({ id }) => conditions.acknowledge(id),
    reopenCondition: ({ id }) => conditions.reopen(id),

    changeTunnel: async ({ choice, withoutKeyring }) => {
      const stored = choice.kind === 'ngrok' ? authtokenFor(vault, choice).status : 'none';
      const mistake = choiceMistake(choice, stored);
      if (mistake) return failed(mistake);
      const storesSecret = choice.kind === 'ngrok' && choice.authtoken !== null;
      if (storesSecret && vault.needsConsent && !withoutKeyring)
        return failed({ code: 'keyring-missing', stored: false });
      const settled = await settle(() => chooseTunnel(choice, settings, vault));
      if (settled.status === 'done') publicUrl.configure();
      return settled;
    },
    retryTunnel: options.reconnect,
    checkForUpdates: options.updates.check,
    restartToUpdate: options.updates.restart,

    acceptHost: ({ host }) => {
      const plain = plainHost(host);
      return plain === null
        ? failed({ code: 'invalid', field: 'host', message: 'Enter a host name' })
        : settle(() => options.otherHosts.accept(plain));
    },

    changeRetention: async ({ retention, agreedUpTo }) => {
      const writable = await settle(settings.demandWritable);
      if (writable.status === 'failed') return writable;
      const loss = await history.lossUnder(options.limitsOf(retention));
      if (loss && !isAgreed(loss, agreedUpTo))
        return failed({ code: 'events-would-be-removed', ...loss });
      return settle(async () => {
        settings.change({ retention });
        await history.removeOld();
      });
    },
  };
};
