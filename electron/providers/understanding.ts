import type { Fact } from '../../shared/event.ts';
import type { EventRead, Understanding } from './provider.ts';
import { shownType } from './telling.ts';

type Keys = Understanding['repeatKeys'];

export const noFacts = (): readonly Fact[] => [];

export const understood = ({ event, facts }: EventRead, repeatKeys: Keys): Understanding => ({
  reading: { status: 'event', event },
  facts,
  repeatKeys,
});

/** Of a type that is not known, or without what it cannot do without. */
export const notUnderstood = (type: string | null, repeatKeys: Keys): Understanding => ({
  reading: { status: 'unrecognized', type: shownType(type) },
  facts: noFacts,
  repeatKeys,
});
