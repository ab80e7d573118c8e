import fc from 'fast-check';
import { codeFact, textFact } from '../../electron/providers/event-text.ts';
import { cleaned } from '../../electron/text.ts';
import type { Fact, ProviderEvent } from '../../shared/event.ts';
import { eventKinds } from '../../shared/kinds.ts';

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const sentence = fc.array(word).map((words) => words.join(' '));
const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF') });

/** The text of a body's field: also with what is cleaned away before anybody sees it. */
const cleanedAway = ['\u0085', '\u1680', '\u200b', '\u2800', '\u3164', '\u{e0041}', '\u{e0fff}'];
const sent = fc.oneof(
  word,
  digits,
  sentence,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '7', ...cleanedAway), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', '7', '  '), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('é', '  '), maxLength: 8 }),
);

/** As JSON is written by different senders: as it is, or with nothing but ASCII. */
const written = fc.constantFrom(
  (text: string) => text,
  (text: string) =>
    text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  (text: string) => text.replaceAll('/', '\\/'),
);

/** The body of a delivery, and the facts that are read from it. */
export type Body = { readonly text: string; readonly facts: readonly Fact[] };
export const anyBody: fc.Arbitrary<Body> = fc
  .tuple(fc.record({ reason: sent, transaction: sent }), written)
  .map(([body, write]) => ({
    text: write(JSON.stringify(body)),
    facts: [...textFact('Reason', body.reason), ...codeFact('Transaction', body.transaction)],
  }));

/** An event whose text may be anything that is left when it was cleaned. */
export const anyEvent: fc.Arbitrary<ProviderEvent> = fc.record({
  kind: fc.constantFrom(...eventKinds),
  type: fc.constantFrom('integration.failed', 'SyncError'),
  title: fc.tuple(word, sentence).map((words) => cleaned(words.join(' '))),
  summary: sentence.map(cleaned),
  severity: fc.constant('info' as const),
  occurredAt: fc.constant(null),
  account: fc.constant(null),
});

/** The words of an event, as a person could type them. */
export const wordsOf = ({ title, summary }: ProviderEvent, facts: readonly Fact[] = []): string[] =>
  [
    ...title.split(' '),
    ...summary.split(' '),
    ...facts.flatMap((one) => (one.form === 'time' ? [] : [one.value])),
  ].filter((text) => text.trim() !== '' && !text.includes('"'));

export const quoted = (text: string): string => `"${text}"`;
