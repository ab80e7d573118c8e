import type { Fact, Reading, UnreadableBody } from '../../shared/event.ts';
import type { EventRead, Understanding } from './provider.ts';
import { shownType } from './telling.ts';

type Keys = Understanding['repeatKeys'];

export const noFacts = (): readonly Fact[] => [];

export const understood = ({ event, facts }: EventRead, repeatKeys: Keys): Understanding => ({
  reading: { status: 'event', event },
  facts,
  repeatKeys,
});

/** Unknown type, or a body that nothing can be told of. */
export const notUnderstood = (type: string | null, repeatKeys: Keys): Understanding => ({
  reading: { status: 'unrecognized', type: shownType(type) },
  facts: noFacts,
  repeatKeys,
});

/** The body holds no JSON object that can be read. */
export const notRead = (why: UnreadableBody, repeatKeys: Keys): Understanding => ({
  reading: { status: 'unreadable', why },
  facts: noFacts,
  repeatKeys,
});

/** What is kept of a reading: a signed body that cannot be read is no event, and says why. */
export const keptReading = (reading: Understanding['reading']): Reading =>
  reading.status === 'unreadable'
    ? { status: 'unrecognized', type: null, unreadable: reading.why }
    : reading;
