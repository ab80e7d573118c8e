import type { NativeNotification, Notifier } from '../../electron/notifications/notifier.ts';

/** A notification as a person gets it. */
export type Popped = Pick<NativeNotification, 'id' | 'title' | 'body'> & {
  /** Epoch ms. */
  readonly at: number;
};

/** What one notification on the screen said, one after another. */
export type Place = {
  readonly said: readonly Popped[];
  /** The app took it away. */
  readonly isWithdrawn: boolean;
};

export type Screen = {
  readonly notifier: Notifier;
  /** Whatever appeared, oldest first. */
  readonly popped: readonly Popped[];
  readonly places: () => readonly Place[];
};

type OpenPlace = { id: string; said: Popped[]; isWithdrawn: boolean };

/** A desktop that shows every notification, and keeps each until it is replaced or withdrawn. `now` is epoch ms. */
export const createScreen = (now: () => number): Screen => {
  const places: OpenPlace[] = [];
  const popped: Popped[] = [];

  const placeOf = (id: string | undefined): OpenPlace | undefined =>
    places.find((place) => place.id === id && !place.isWithdrawn);
  const taken = ({ id, replaces }: NativeNotification): OpenPlace | undefined =>
    placeOf(replaces) ?? placeOf(id);

  const put = (place: OpenPlace, { id, title, body }: NativeNotification): Popped => {
    const one = { id, title, body, at: now() };
    place.id = id;
    place.said.push(one);
    return one;
  };

  const added = (): OpenPlace => {
    const place = { id: '', said: [], isWithdrawn: false };
    places.push(place);
    return place;
  };

  return {
    popped,
    places: () => places,
    notifier: {
      show: async (notification) => {
        popped.push(put(taken(notification) ?? added(), notification));
        return { status: 'shown' };
      },
      refresh: (notification) => {
        const place = taken(notification);
        if (place) put(place, notification);
      },
      withdraw: (id) => {
        const place = placeOf(id);
        if (place) place.isWithdrawn = true;
      },
    },
  };
};
