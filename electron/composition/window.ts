import type { ConditionReason } from '../../shared/condition.ts';
import type { Answers } from '../../shared/ipc.ts';
import { type Conditions, createConditions } from '../conditions/conditions.ts';
import { createAccounts } from '../insight/accounts.ts';
import type { Announcer } from '../notifications/announcer.ts';
import type { OwnHolds } from '../notifications/holds.ts';
import { createRulePreview } from '../notifications/rule-preview.ts';
import { withRule } from '../notifications/rules.ts';
import { createTestNotifications } from '../notifications/test-notification.ts';
import { providers } from '../providers/index.ts';
import { type LeftStore, openLeft } from '../setup/left.ts';
import { createRestore, type Restore } from '../setup/restore.ts';
import type { Emit } from '../signals.ts';
import { createSimulator, type Simulate } from '../simulate/simulator.ts';
import { createTryNow } from '../simulate/trial.ts';
import { createImports } from '../transfer/imports.ts';
import { createTransfers } from '../transfer/progress.ts';
import { createUpdater, type Updater } from '../updates/updater.ts';
import { createWarmUp, type WarmUp } from '../warm-up.ts';
import { createAnswers } from '../window/answers/answers.ts';
import { createStateView, type StateView } from '../window/app-state.ts';
import { type AskAnything, createAsk } from '../window/ask.ts';
import { createPushQueue, type PushQueue } from '../window/push-queue.ts';
import { createRecent, type Recent } from '../window/recent.ts';
import type { Edges } from '../world.ts';
import type { ReceiverParts } from './receiver.ts';
import type { StorageParts } from './storage.ts';

/** The parts that serve the window and the tray. */
export type WindowParts = {
  readonly pushQueue: PushQueue;
  readonly recent: Recent;
  readonly warmUp: WarmUp;
  readonly simulate: Simulate;
  readonly updates: Updater;
  readonly conditions: Conditions;
  readonly view: StateView;
  readonly answers: Answers;
  readonly left: LeftStore;
  readonly ask: AskAnything;
};

export type WindowOptions = {
  readonly edges: Edges;
  readonly emit: Emit;
  readonly storage: StorageParts;
  readonly receiver: ReceiverParts;
  readonly announcer: Announcer;
  readonly holds: OwnHolds;
};

/** Makes what the window and the tray see and ask. */
export const openWindow = (options: WindowOptions): WindowParts => {
  const { edges, emit, storage, receiver, announcer, holds } = options;
  const { now, schedule, folders, random } = edges;
  const { settings, sources, vault, gaps, history, insight } = storage;
  const onChange = () => emit('changed');
  const pushQueue = createPushQueue(schedule, edges.window.push);
  const recent = createRecent(history);
  const warmUp = createWarmUp({
    vault,
    gaps,
    recent,
    sources,
    insight: { ready: announcer.ready, rebuild: insight.rebuild },
    recheck: receiver.recheck,
    onWriteResult: (what, error) => emit('written', what, error),
    onRechecked: () => emit('quarantineChanged'),
    onImported: () => emit('imported'),
    onChange,
  });
  const transfers = createTransfers(now, onChange);
  const imports = createImports({
    edges,
    settings,
    sources,
    history,
    transfers,
    onChange,
    folder: folders.history,
    report: (what) => emit('damaged', what),
    onImported: warmUp.onImported,
  });
  const sending = { testSecret: receiver.testSecret, post: edges.post, now, hex: random.hex };
  const simulate = createSimulator({ sources, ...sending });
  const updates = createUpdater({
    ...edges,
    running: edges.about.version,
    // A simulation delivers to our own receiver, and is busy by that. What waits to be announced is saved, and would come late.
    isWorking: () => transfers.isRunning() || announcer.isBusy(),
    onChange,
  });
  const conditions = createConditions({
    ...storage,
    ...receiver,
    ...insight,
    updates,
    schedule,
    now,
    isSettled: () => warmUp.isSettled,
    silenceCauses: ({ provider }) => providers.get(provider)?.info.silenceCauses ?? [],
    onChanges: (changes) => emit('conditions', changes),
    onAcknowledged: (reason) => whenAcknowledged(reason, storage),
    onChange,
  });
  const view = createStateView({
    ...storage,
    ...receiver,
    ...insight,
    transfers,
    imports,
    updates,
    holds,
    schedule,
    now,
    about: edges.about,
    refusals: receiver.refusalCounts,
    conditions,
    lastEventAt: () => recent.latestAt,
    isReady: () => warmUp.isReady,
    onChange: (state) => pushQueue.send({ what: 'state', state }),
  });
  const left = openLeft(folders.settings, schedule);
  const answers = createAnswers({
    ...storage,
    ...receiver,
    ...insight,
    edges,
    simulate,
    tryNow: createTryNow({
      ...sending,
      trial: receiver.trial,
      forgetTests: insight.accounts.removeSimulated,
    }),
    forgetTests: insight.accounts.removeSimulated,
    view,
    left,
    conditions,
    transfers,
    imports,
    updates,
    ...notificationParts(options),
    restore: followedBy(
      createRestore({ settings, sources, vault, token: random.token }),
      holds.ready,
    ),
    reconnect: () => receiver.tunnel.reconnect('asked'),
    recheck: warmUp.recheck,
  });
  return {
    pushQueue,
    recent,
    warmUp,
    simulate,
    updates,
    conditions,
    view,
    answers,
    left,
    ask: createAsk(answers, vault.opened),
  };
};

/** What the page Notifications asks for. */
const notificationParts = ({ edges, storage, holds }: WindowOptions) => {
  const { settings, sources, history } = storage;
  return {
    holds,
    withRule,
    previewRules: createRulePreview({
      history,
      accounts: createAccounts,
      rules: () => settings.current.rules,
      sourceName: (id) => sources.find(id)?.name ?? '',
      now: edges.now,
    }),
    testNotification: createTestNotifications({
      notifier: edges.notifier,
      detail: () => settings.current.preferences.notificationDetail,
      newId: edges.random.id,
    }),
  };
};

const followedBy = (restore: Restore, then: () => Promise<void>): Restore => ({
  ...restore,
  restore: async (withoutKeyring) => {
    const outcome = await restore.restore(withoutKeyring);
    if (outcome.status === 'done') await then();
    return outcome;
  },
});

/** What else follows where the person has read of something that happened. */
const whenAcknowledged = (reason: ConditionReason, { settings, insight }: StorageParts): void => {
  if (reason.code === 'settings-restored') settings.remember({ lost: false });
  if (reason.code === 'account-failing' && reason.simulated) {
    insight.accounts.removeSimulated();
    insight.runs.removeSimulated();
  }
};
