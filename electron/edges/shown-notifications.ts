import * as z from 'zod/mini';
import { Opening } from '../../shared/ipc.ts';
import { NotificationButton } from '../notifications/button.ts';
import type { NativeNotification } from '../notifications/notifier.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore } from '../storage/small-store.ts';

const mostKept = 200;
const keptMs = 24 * 60 * 60 * 1000;
const saveMs = 1000;

/** What a click on a notification, or on one of its buttons, does. */
const Shown = z.object({
  id: z.string(),
  /** The service's own number. */
  serverId: z.int(),
  /** Epoch ms. */
  at: z.int(),
  opening: Opening,
  buttons: z.array(z.object({ label: z.string(), press: NotificationButton })),
});
type Shown = z.infer<typeof Shown>;

/** The bus and the service that gave the numbers. No other knows them. */
export const NumberedBy = z.object({ busId: z.string(), owner: z.string() });
export type NumberedBy = z.infer<typeof NumberedBy>;

const Saved = z.object({ numberedBy: NumberedBy, shown: z.array(Shown) });
type Saved = z.infer<typeof Saved>;

/** Keeps them for the next run. */
export type ShownStore = {
  /** Null without a valid file. */
  readonly read: () => Saved | null;
  /** Never throws: what is not on disk costs clicks of the next run alone. */
  readonly write: (saved: Saved) => void;
};

export const openShownStore = (folder: Folder): ShownStore => {
  const store = openSmallStore({
    folder,
    name: 'shown-notifications',
    parse: (value: unknown) => Saved.parse(value),
  });
  return {
    read: () => {
      const found = store.read();
      return found.status === 'fine' ? found.value : null;
    },
    write: (saved) => {
      try {
        store.write(saved);
      } catch {
        // The next change tries again.
      }
    },
  };
};

export const noShownStore: ShownStore = { read: () => null, write: () => {} };

export type ShownNotificationsOptions = {
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly store: ShownStore;
};

/** The notifications that may be on the screen: the newest 200, each for 24 h. */
export type ShownNotifications = {
  readonly add: (notification: NativeNotification, serverId: number) => void;
  readonly remove: (id: string) => void;
  /** The numbers end with the service that gave them. */
  readonly clear: () => void;
  /** The service is known: those of the run before are taken up where it gave their numbers. */
  readonly numberedBy: (by: NumberedBy) => void;
  /** The service's own number of a notification. */
  readonly serverIdOf: (id: string) => number | undefined;
  readonly numbered: (serverId: unknown) => Pick<Shown, 'id' | 'opening' | 'buttons'> | undefined;
};

export const createShownNotifications = ({
  schedule,
  now,
  store,
}: ShownNotificationsOptions): ShownNotifications => {
  /** By our id, oldest first. */
  const shown = new Map<string, Shown & { readonly cancelExpiry: () => void }>();
  let by: NumberedBy | null = null;
  let isSaving = false;

  const save = (): void => {
    isSaving = false;
    if (by === null) return;
    store.write({ numberedBy: by, shown: [...shown.values()].map(savedOf) });
  };
  const saveSoon = (): void => {
    if (!isSaving) schedule(saveMs, save);
    isSaving = true;
  };

  const remove = (id: string): void => {
    shown.get(id)?.cancelExpiry();
    if (shown.delete(id)) saveSoon();
  };
  const put = (one: Shown, leftMs: number): void => {
    remove(one.id);
    shown.set(one.id, { ...one, cancelExpiry: schedule(leftMs, () => remove(one.id)) });
    for (const [oldest] of shown) {
      if (shown.size <= mostKept) break;
      remove(oldest);
    }
    saveSoon();
  };

  return {
    add: ({ id, replaces, opening, buttons = [] }, serverId) => {
      if (replaces !== undefined) remove(replaces);
      put({ id, serverId, at: now(), opening, buttons: [...buttons] }, keptMs);
    },
    remove,
    clear: () => {
      by = null;
      for (const id of [...shown.keys()]) remove(id);
    },
    numberedBy: (known) => {
      const saved = by === null ? store.read() : null;
      by = known;
      const { busId, owner } = saved?.numberedBy ?? {};
      if (busId !== known.busId || owner !== known.owner) return;
      for (const one of saved?.shown ?? []) {
        // The distance rather than the age: a clock that was set back keeps none for longer (A7).
        const age = Math.abs(now() - one.at);
        if (age < keptMs && !shown.has(one.id)) put(one, keptMs - age);
      }
    },
    serverIdOf: (id) => shown.get(id)?.serverId,
    numbered: (serverId) => [...shown.values()].find((one) => one.serverId === serverId),
  };
};

const savedOf = ({ id, serverId, at, opening, buttons }: Shown): Shown => ({
  id,
  serverId,
  at,
  opening,
  buttons,
});
