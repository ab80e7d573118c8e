import fc from 'fast-check';
import type { Fact, ProviderEvent } from '../../shared/event.ts';
import { eventKinds } from '../../shared/kinds.ts';

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const sentence = fc.array(word).map((words) => words.join(' '));
const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF') });

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ form: fc.constant('text' as const), label: fc.constant('Reason'), value: word }),
  fc.record({
    form: fc.constant('code' as const),
    label: fc.constant('Transaction'),
    value: fc.oneof(word, digits),
  }),
);

/** An event whose text may be anything at all. */
export const anyEvent: fc.Arbitrary<ProviderEvent> = fc.record({
  kind: fc.constantFrom(...eventKinds),
  type: fc.constantFrom('integration.failed', 'SyncError'),
  title: fc.tuple(word, sentence).map((words) => words.join(' ')),
  summary: sentence,
  severity: fc.constant('info' as const),
  occurredAt: fc.constant(null),
  account: fc.constant(null),
  facts: fc.array(fact),
});

/** The words of an event, as a person could type them. */
export const wordsOf = ({ title, summary, facts }: ProviderEvent): string[] =>
  [
    ...title.split(' '),
    ...summary.split(' '),
    ...facts.flatMap((one) => (one.form === 'time' ? [] : [one.value])),
  ].filter((text) => text.trim() !== '' && !text.includes('"'));

export const quoted = (text: string): string => `"${text}"`;
