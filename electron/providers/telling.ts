import type { Fact, ProviderEvent } from '../../shared/event.ts';
import { cleaned, cutTo, isolated } from '../text.ts';
import { digest } from './repeats.ts';

/** A title around a name: the name cut to 80 characters, and to 40 for a notification where that makes a difference. */
export function titled(
  name: string,
  words: (name: string) => string,
): Pick<ProviderEvent, 'title' | 'shortTitle'> {
  const title = words(inSentence(name));
  const shortTitle = words(cutName(name, 40));
  return shortTitle === title ? { title } : { title, shortTitle };
}

/** A stranger's name as it may stand among our own words: at most so many characters, unable to reorder them. */
export const cutName = (name: string, most: number): string => isolated(cutTo(name, most));

/** A name as a row shows it: at most 80 characters. */
export const inSentence = (name: string): string => cutName(name, 80);

/** A stranger's sentence that stands alone: cut to what a row can show. */
export const standalone = (text: string): string => cutTo(text, 240);

/** The parts of a second line that are there, with ` - ` between them. */
export const line = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' - ');

/** The text with its first letter raised. */
export function raised(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/**
 * The first and last four characters of an id, address or number that is a long one; a leading `0x` comes on top. Three dots
 * where it has nothing to show.
 */
export function shortened(id: string): string {
  if (id.length <= 12) return isolated(cleaned(id) || '...');
  const start = id.slice(0, id.startsWith('0x') ? 6 : 4);
  return isolated(`${cleaned(start)}...${cleaned(id.slice(-4))}`);
}

/** `1 NFT`, `2 NFTs`. */
export const counted = (count: number | bigint | string, one: string, more: string): string =>
  `${count} ${String(count) === '1' ? one : more}`;

/** A fact in words, cleaned and bounded; nothing when there is no value. */
export const textFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : shown('text', label, value);

/** A fact worth copying, such as an id or an amount; nothing when there is no value. */
export const codeFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : shown('code', label, value);

/** A number that was worked out; nothing when there is none. */
export const amountFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : shown('amount', label, value);

/** A sentence of our own about the delivery; nothing when there is nothing to say. */
export const remarkFact = (label: string, value: string | null): Fact[] =>
  value === null ? [] : shown('remark', label, value);

/** An instant; nothing when it is not known. */
export const timeFact = (label: string, at: number | null): Fact[] =>
  at === null ? [] : [{ form: 'time', label, at }];

const shown = (form: Exclude<Fact['form'], 'time'>, label: string, raw: string): Fact[] => {
  const value = cutTo(cleaned(raw), 500);
  return value === '' ? [] : [{ form, label, value }];
};

/** Which of a source's secrets a signature was made with: the newest is 0, and null is not known. */
export function secretWords(secret: number | null): string {
  if (secret === null)
    return 'It was made with a secret of this source; with which of them the export does not tell.';
  return secret === 0
    ? 'It was made with the secret of this source, the newest one when it came.'
    : 'It was made with the older of the two secrets that this source had then.';
}

/** The type of a delivery nobody can read, as the provider sent it, cleaned and bounded. */
export const shownType = (type: string | null): string | null =>
  type === null ? null : cutTo(cleaned(type), 80) || null;

/** An account's id as the provider gave it; one that is too long to keep or not safe to show is replaced by its digest. */
export const accountId = (id: string): string =>
  id.length <= 128 && cleaned(id) === id ? id : digest(id);

/** The words of an event whose type is known and whose content is not: it keeps its kind and its weight. */
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
