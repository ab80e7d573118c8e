import type { Fact, Reading, UnreadableBody } from '../../shared/event.ts';
import { displayType } from './event-text.ts';
import type { EventRead, Understanding } from './provider.ts';

type Keys = Understanding['idempotencyKeys'];

export const noFacts = (): readonly Fact[] => [];

export const understood = ({ event, facts }: EventRead, idempotencyKeys: Keys): Understanding => ({
  reading: { status: 'event', event },
  facts,
  idempotencyKeys,
});

/** Unknown type, or a required field is missing. */
export const unrecognized = (type: string | null, idempotencyKeys: Keys): Understanding => ({
  reading: { status: 'unrecognized', type: displayType(type) },
  facts: noFacts,
  idempotencyKeys,
});

/** The body holds no readable JSON object. */
export const unreadable = (why: UnreadableBody, idempotencyKeys: Keys): Understanding => ({
  reading: { status: 'unreadable', why },
  facts: noFacts,
  idempotencyKeys,
});

/** The stored form of a reading: an unreadable body becomes `unrecognized`, with its reason. */
export const storedReading = (reading: Understanding['reading']): Reading =>
  reading.status === 'unreadable'
    ? { status: 'unrecognized', type: null, unreadable: reading.why }
    : reading;
