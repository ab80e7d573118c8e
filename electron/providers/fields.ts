import * as z from 'zod/mini';
import { cleaned } from '../text.ts';

/** A schema that accepts any value, undefined too, and never fails. */
const lenient = <T>(read: (value: unknown) => T) => z.transform((value: unknown) => read(value));

/** Cleaned text; null when the value is no text or nothing is left. */
export const cleanText = lenient((value) =>
  typeof value === 'string' ? cleaned(value) || null : null,
);

/** An id as sent, not cleaned; a number becomes decimal text. Null when there is none. */
export const opaqueId = lenient((value) => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
});

export const yesNo = lenient((value) => (typeof value === 'boolean' ? value : null));

/** An object of the given shape, or null. */
export const nested = <T extends z.core.$ZodType>(schema: T) => z.catch(z.nullable(schema), null);

/** An exact whole number of at most 80 digits. Null when the value is absent or no number. */
export type Whole = bigint | 'too long' | 'not whole' | null;

const mostDigits = 80;
/** The longest text that is parsed as a number, in UTF-16 units. */
const longestNumber = 500;
const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Reads `25`, `"25"`, `1.0e3` and numbers beyond JavaScript's safe integers. */
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

export function wholeText(whole: Whole): string | null {
  if (whole === 'too long') return 'a number too long to show';
  return typeof whole === 'bigint' ? String(whole) : null;
}

/** The latest instant that is accepted as a date, epoch ms. */
export const endOf9999 = 253_402_300_799_999;

/** Epoch ms up to the year 9999; null for anything else and for 0, which means unknown. */
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

/** ISO 8601 text as epoch ms, UTC by default; null unless the calendar has that day. */
export const isoTime = lenient((value) => {
  if (typeof value !== 'string' || value.length > 50) return null;
  const [, year, month, day, time = '00:00', zone = 'Z'] = iso.exec(value) ?? [];
  if (!year || !month || !day || !isDay(Number(year), Number(month), Number(day))) return null;

  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const at = Date.parse(`${year}-${month}-${day}T${time.replace(',', '.')}${offset}`);
  return Number.isNaN(at) ? null : at;
});

/** `Date.parse` reads 30 February as 2 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export const anything = lenient((value) => value);

/** Text exactly as sent; null when the value is no text. */
export const rawText = lenient((value) => (typeof value === 'string' ? value : null));
