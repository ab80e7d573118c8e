import * as z from 'zod/mini';
import { cleaned } from '../text.ts';

/** A piece that takes anything, also nothing, and never fails. */
const lenient = <T>(read: (value: unknown) => T) => z.transform((value: unknown) => read(value));

/** Cleaned text; null when it is missing, not text, or has nothing to show. */
export const text = lenient((value) => (typeof value === 'string' ? cleaned(value) || null : null));

/** An id as it came, of any length and spelling, a number as its decimal text; null when there is none. Not cleaned. */
export const opaqueId = lenient((value) => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
});

/** A yes or no; null when it is neither. */
export const flag = lenient((value) => (typeof value === 'boolean' ? value : null));

/** An object of the given shape, or null. */
export const nested = <T extends z.core.$ZodType>(schema: T) => z.catch(z.nullable(schema), null);

/** A whole number, however long: exact up to 80 digits. Null when it is absent or no number at all. */
export type Whole = bigint | 'too long' | 'not whole' | null;

const mostDigits = 80;
/** Longer ones are not worked on, in UTF-16 units. */
const longestNumber = 500;
const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Reads `25`, `"25"`, `1.0e3` and numbers beyond what JavaScript counts exactly. */
export const wholeNumber = lenient((value): Whole => {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const source = String(value);
  if (source.length > longestNumber) return /^-?\d{100}/.test(source) ? 'too long' : null;

  const [, sign = '', integer, fraction = '', exponent = '0'] = decimal.exec(source) ?? [];
  if (integer === undefined) return null;
  const significant = (integer + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return 0n;
  const zeros = Number(exponent) - fraction.length + significant.length - digits.length;
  if (zeros < 0) return 'not whole';
  if (digits.length + zeros > mostDigits) return 'too long';
  return BigInt(sign + digits + '0'.repeat(zeros));
});

/** What a person reads for a whole number; null when there is none to show. */
export function wholeText(whole: Whole): string | null {
  if (whole === 'too long') return 'a number too long to show';
  return typeof whole === 'bigint' ? String(whole) : null;
}

/** The last instant that is taken for a date, epoch ms. */
export const endOf9999 = 253_402_300_799_999;

/** Milliseconds since 1970, within the years to 9999; null for anything else and for 0, which means unknown. */
export const epochTime = lenient((value) => {
  const at = Math.trunc(asNumber(value));
  return at > 0 && at <= endOf9999 ? at : null;
});

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  const isDecimal =
    typeof value === 'string' && value.length <= longestNumber && decimal.test(value);
  return isDecimal ? Number(value) : Number.NaN;
}

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** An ISO 8601 text as epoch ms, UTC where it names no zone; null unless it is a day of the calendar. */
export const isoTime = lenient((value) => {
  if (typeof value !== 'string' || value.length > 50) return null;
  const [, year, month, day, time = '00:00', zone = 'Z'] = iso.exec(value) ?? [];
  if (!year || !month || !day || !isDay(Number(year), Number(month), Number(day))) return null;

  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const at = Date.parse(`${year}-${month}-${day}T${time.replace(',', '.')}${offset}`);
  return Number.isNaN(at) ? null : at;
});

/** `Date.parse` lets 30 February become 2 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whatever stands there, for a schema that is chosen later; undefined when nothing does. */
export const anything = lenient((value) => value);

/** Text exactly as sent, to compare with; null when it is not text. */
export const rawText = lenient((value) => (typeof value === 'string' ? value : null));
