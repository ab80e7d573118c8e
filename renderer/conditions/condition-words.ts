import type { ConditionState } from '../../shared/condition.ts';
import type { NameOf } from '../../shared/conditions/kind.ts';
import { number } from '../../shared/english.ts';
import type { Source } from '../../shared/source.ts';
import { dateOf } from '../time.ts';
import { whenWords } from '../words/holds.ts';

export const nameIn =
  (sources: readonly Source[]): NameOf =>
  (id) =>
    sources.find((source) => source.id === id)?.name ?? 'A source';

/** "snoozed until it fails again", "known since 3 May 2026". Nothing of an open one. */
export function stateWords(state: ConditionState, now: number): string {
  switch (state.status) {
    case 'open':
      return '';
    case 'snoozed':
      return state.until === 'fails-again'
        ? 'snoozed until it fails again'
        : `snoozed until ${whenWords(state.until, now)}`;
    case 'acknowledged':
      return `known since ${dateOf(state.at)}`;
  }
}

/** "2 snoozed, 1 known". */
export function asideWords(states: readonly ConditionState[]): string {
  const snoozed = states.filter(({ status }) => status === 'snoozed').length;
  const known = states.filter(({ status }) => status === 'acknowledged').length;
  return [
    ...(snoozed > 0 ? [`${number(snoozed)} snoozed`] : []),
    ...(known > 0 ? [`${number(known)} known`] : []),
  ].join(', ');
}
