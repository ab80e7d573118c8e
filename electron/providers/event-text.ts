import type { Fact, ProviderEvent } from '../../shared/event.ts';
import { cleaned, cutTo, isolated } from '../text.ts';
import { contentHash } from './idempotency.ts';

export type EventWords = Pick<
  ProviderEvent,
  'kind' | 'title' | 'shortTitle' | 'summary' | 'severity'
>;

/** A title around a name, cut to 80 characters. `shortTitle` cuts it to 40, for a notification; absent when equal. */
export function titled(
  name: string,
  words: (name: string) => string,
): Pick<ProviderEvent, 'title' | 'shortTitle'> {
  const title = words(rowName(name));
  const shortTitle = words(cutName(name, 40));
  return shortTitle === title ? { title } : { title, shortTitle };
}

/** A foreign name for our own sentence: at most `most` characters, isolated so that it cannot reorder the sentence. */
export const cutName = (name: string, most: number): string => isolated(cutTo(name, most));

/** A foreign name for a row: at most 80 characters. */
export const rowName = (name: string): string => cutName(name, 80);

/** A foreign sentence for a row: at most 240 characters. */
export const rowSentence = (text: string): string => cutTo(text, 240);

/** Joins the parts of a second line with ` - `; null and empty parts are left out. */
export const line = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' - ');

export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/**
 * The first and last four characters of an id, address or number of more than 12 characters, and a leading `0x`. Three dots replace what
 * has nothing to show.
 */
export function shortened(id: string): string {
  if (id.length <= 12) return isolated(cleaned(id) || '...');
  const start = id.slice(0, id.startsWith('0x') ? 6 : 4);
  return isolated(`${cleaned(start)}...${cleaned(id.slice(-4))}`);
}

/** `1 NFT`, `2 NFTs`. */
export const counted = (count: number | bigint | string, one: string, more: string): string =>
  `${count} ${String(count) === '1' ? one : more}`;

/** A fact in words, cleaned and cut to 500 characters; an empty list for null. */
export const textFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : factOf('text', label, value);

/** An id, address or hash, which a person may copy; an empty list for null. */
export const codeFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : factOf('code', label, value);

/** The hash of the transaction that an event is about; an empty list for null. */
export const transactionFact = (label: string, value: string | null): Fact[] =>
  codeFact(label, value).map((fact) =>
    fact.form === 'code' ? { ...fact, names: 'transaction' } : fact,
  );

/** A computed number; an empty list for null. */
export const amountFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : factOf('amount', label, value);

/** Hookbell's own sentence; an empty list for null. */
export const remarkFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : factOf('remark', label, value);

/** An instant (epoch ms); an empty list for null. */
export const timeFact = (label: string, at: number | null): Fact[] =>
  at === null ? [] : [{ form: 'time', label, at }];

const factOf = (form: Exclude<Fact['form'], 'time'>, label: string, raw: string): Fact[] => {
  const value = cutTo(cleaned(raw), 500);
  return value === '' ? [] : [{ form, label, value }];
};

/** Says which secret of the source made a signature: 0 is the newest, null is unknown. A test of ours may have had none of the source's. */
export function secretWords(secret: number | null, simulated: boolean): string {
  if (simulated)
    return 'Hookbell made it itself, with the secret of this source or, where it had none, with one for tests.';
  if (secret === null)
    return 'It was made with a secret of this source; with which of them the export does not say.';
  return secret === 0
    ? 'It was made with the secret of this source, the newest one when it came.'
    : 'It was made with the older of the two secrets that this source had then.';
}

/** The type that the provider sent, cleaned and cut to 80 characters; null when nothing is left. */
export const displayType = (type: string | null): string | null =>
  type === null ? null : cutTo(cleaned(type), 80) || null;

/** The provider's account id. A hash replaces one that is longer than 128 characters or unsafe to show. */
export const accountId = (id: string): string =>
  id.length <= 128 && cleaned(id) === id ? id : contentHash(id);

/** The text of an event of a known type with unreadable content. */
export const contentNotUnderstood = (
  { kind, title, severity }: Pick<ProviderEvent, 'kind' | 'title' | 'severity'>,
  missing: {
    readonly field: string;
    readonly wanted: 'an object' | 'a list';
    readonly sent: unknown;
  },
): Pick<ProviderEvent, 'kind' | 'title' | 'severity' | 'summary'> => ({
  kind,
  title: `${title}, content not understood`,
  severity,
  summary:
    missing.sent === undefined || missing.sent === null
      ? `The field “${missing.field}” is missing`
      : `The field “${missing.field}” is not ${missing.wanted}`,
});
