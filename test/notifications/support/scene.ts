import type { Announcement } from '../../../electron/notifications/announcement.ts';
import { createCoalescer } from '../../../electron/notifications/coalescer.ts';
import type { Hold } from '../../../electron/notifications/hold.ts';
import type { NativeNotification, Showing } from '../../../electron/notifications/notifier.ts';
import type { DetailLevel } from '../../../shared/settings.ts';
import { virtualClock } from '../../support/clock.ts';

type Changed = Partial<Announcement> & { readonly title: string };

export type SceneOptions = {
  readonly detail?: DetailLevel;
  readonly answer?: Showing;
  readonly isMuted?: (conditionId: string) => boolean;
};

/** A coalescer on the test's clock, with a screen that keeps what it was shown. */
export const createScene = ({
  detail = 'full',
  answer = { status: 'shown' },
  isMuted = () => false,
}: SceneOptions = {}) => {
  const clock = virtualClock();
  const screen = createScreen(answer);
  const decided: string[] = [];
  let seq = 0;
  let hold: Hold | null = null;
  let onHold = (): void => {};
  const coalescer = createCoalescer({
    schedule: clock.schedule,
    now: clock.now,
    detail: () => detail,
    commit: () => {},
    notifier: screen.notifier,
    isMuted,
    holds: {
      current: () => hold,
      onChange: (listener) => {
        onHold = listener;
      },
    },
  });

  const announcementOf = (changed: Changed): Announcement => {
    seq += 1;
    return {
      kind: 'nft.received',
      sourceId: 'source',
      sourceName: 'SimpleHash',
      body: '',
      quiet: false,
      simulated: false,
      opening: { what: 'entry', seq },
      entry: { seq, why: 'Rule', change: { status: 'none' } },
      decided: (wasShown, how, held) =>
        decided.push(
          `${changed.title}: ${wasShown ? 'shown' : 'not shown'}${how === null ? '' : `, ${how}`}${held ? ` (${held})` : ''}`,
        ),
      ...changed,
    };
  };
  return {
    ...coalescer,
    ...screen,
    announcementOf,
    notify: (changed: Changed) => coalescer.notify(announcementOf(changed)),
    clock,
    decided,
    /** Settles the notifier's promises and advances the clock. */
    pass: async (ms: number) => {
      await new Promise(setImmediate);
      clock.setForward(ms);
      await new Promise(setImmediate);
    },
    holdIs: (now: Hold | null) => {
      hold = now;
      onHold();
    },
  };
};

const createScreen = (answer: Showing) => {
  const onScreen: NativeNotification[] = [];
  const shown: NativeNotification[] = [];
  const refreshed: NativeNotification[] = [];
  let answers = answer;
  let again = () => {};
  const isOn = (id: string | undefined) => onScreen.some((one) => one.id === id);
  const withdraw = (id: string | undefined): void => {
    const at = onScreen.findIndex((one) => one.id === id);
    if (at >= 0) onScreen.splice(at, 1);
  };
  const put = (notification: NativeNotification): void => {
    withdraw(notification.id);
    withdraw(notification.replaces);
    onScreen.push(notification);
  };
  return {
    notifier: {
      show: async (notification: NativeNotification) => {
        if (answers.status !== 'shown') return answers;
        shown.push(notification);
        put(notification);
        return answers;
      },
      refresh: (notification: NativeNotification) => {
        if (!isOn(notification.id) && !isOn(notification.replaces)) return;
        refreshed.push(notification);
        put(notification);
      },
      withdraw,
      onAvailable: (listener: () => void) => {
        again = listener;
      },
    },
    onScreen,
    shown,
    refreshed,
    /** The person closes it. */
    dismiss: withdraw,
    titles: () => onScreen.map(({ title }) => title),
    answersWith: (changed: Showing) => {
      answers = changed;
    },
    again: () => again(),
  };
};

/** The failure of an account, which opens a condition. */
export const failed = (account: string, changed: Partial<Announcement> = {}) => ({
  kind: 'sync.failed' as const,
  title: `${account} could not sync`,
  thing: account,
  accountName: account,
  condition: { id: account, does: 'opens' as const },
  ...changed,
});

/** The end of that condition. */
export const recovered = (account: string, changed: Partial<Announcement> = {}) => ({
  ...failed(account),
  kind: 'sync.recovered' as const,
  title: `${account} works again, after 3 h`,
  quiet: true,
  condition: { id: account, does: 'ends' as const },
  ...changed,
});
