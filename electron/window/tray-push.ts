import type { Schedule } from '../schedule.ts';
import type { TrayMenu } from '../world.ts';
import { agesChangeAt, type TrayState, trayMenu } from './tray-menu.ts';

export type TrayPushOptions = {
  /** What the tray tells, but for the time. */
  readonly read: () => Omit<TrayState, 'now'>;
  readonly show: (menu: TrayMenu) => void;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
};

const minute = 60_000;

/**
 * Shows the tray's menu whenever it is another, and not otherwise: on Linux each is a call to the desktop, and may close a menu that is open.
 * Ages are looked at again once a minute at most, and only when one of them changes. To be called after each change of the state.
 */
export const createTrayPush = ({ read, show, schedule, now }: TrayPushOptions): (() => void) => {
  let shown = '';
  let newest: number | undefined;
  /** The instant that the ages are told of. */
  let agesAt = Number.NEGATIVE_INFINITY;
  let cancel = (): void => {};

  const refresh = (): void => {
    const told = read();
    const at = now();
    // A clock that was set back counts from anew.
    const isDue = at - agesAt >= minute || at < agesAt;
    if (isDue || told.recent[0]?.seq !== newest) agesAt = at;
    newest = told.recent[0]?.seq;

    const menu = trayMenu({ ...told, now: agesAt });
    const described = JSON.stringify(menu);
    if (described !== shown) show(menu);
    shown = described;

    cancel();
    const changesAt = agesChangeAt({ recent: told.recent, now: agesAt });
    if (changesAt !== null) cancel = schedule(Math.max(changesAt, agesAt + minute) - at, refresh);
  };
  return refresh;
};
