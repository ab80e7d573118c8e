import type { UnreadableBody } from '../../shared/event.ts';

/** A parsed JSON object. Only its own properties may be read, which a zod schema does. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type BodyRead =
  | { readonly status: 'object'; readonly value: JsonObject }
  | { readonly status: 'unreadable'; readonly why: UnreadableBody };

const deepest = 64;
/** Commas and opening brackets: every value but the first has one of its own. A body of 2 MiB has one for every 21 bytes of it. */
const mostValues = 100_000;
const decoder = new TextDecoder('utf-8');

/**
 * The JSON object a body holds. A byte-order mark is dropped and what is not UTF-8 becomes replacement characters. `NaN`,
 * `Infinity` and `-Infinity`, which Python's json.dumps writes for numbers that JSON has no word for, are read as null.
 * A number that a JavaScript number would not give back digit for digit is carried as its source text; the pieces of
 * `fields.ts` take both. Takes linear time.
 */
export function readBody(body: Uint8Array): BodyRead {
  const sent = decoder.decode(body);
  if (sent.trim() === '') return unreadable('empty');
  const text = nonFinite.test(sent) ? withoutNonFinite(sent) : sent;
  const scanned = fragileNumbers(text);
  if (scanned.status === 'unreadable') return scanned;

  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return unreadable('not-an-object');
    if (scanned.fragile.length === 0) return { status: 'object', value };
    // Only a text known to be JSON may have its numbers quoted: otherwise quotes could mend one that is not.
    const kept: unknown = JSON.parse(withQuotes(text, scanned.fragile));
    return isObject(kept) ? { status: 'object', value: kept } : unreadable('not-an-object');
  } catch {
    return unreadable('not-json');
  }
}

const unreadable = (why: UnreadableBody) => ({ status: 'unreadable', why }) as const;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nonFinite = /NaN|Infinity/;

/** The text with `null` for each number that JSON has no word for; strings stay as they are. */
function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('"', at);
    const between = start < 0 ? text.slice(at) : text.slice(at, start);
    parts.push(between.replace(/-?Infinity|NaN/g, 'null'));
    if (start < 0) break;
    const end = endOfString(text, start);
    parts.push(end < 0 ? text.slice(start) : text.slice(start, end));
    at = end < 0 ? text.length : end;
  }
  return parts.join('');
}

type Scanned =
  | { readonly status: 'scanned'; readonly fragile: readonly number[] }
  | Extract<BodyRead, { status: 'unreadable' }>;

/** Where each number that would lose something starts and ends. */
function fragileNumbers(text: string): Scanned {
  const edges: number[] = [];
  let depth = 0;
  let values = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
      if (at < 0) return unreadable('not-json');
    } else if (startsNumber(code)) {
      const end = endOfNumber(text, at);
      if (isFragile(text, at, end)) edges.push(at, end);
      at = end;
    } else {
      if (code === openBrace || code === openBracket) depth += 1;
      if (code === closeBrace || code === closeBracket) depth -= 1;
      if (code === openBrace || code === openBracket || code === comma) values += 1;
      if (depth > deepest) return unreadable('too-deep');
      // Reading many values takes longer than their bytes: a second for 500,000, in which nobody else is answered (P7).
      if (values > mostValues) return unreadable('too-many-values');
      at += 1;
    }
  }
  return { status: 'scanned', fragile: edges };
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The position after the closing quote, -1 when there is none. Each run of backslashes is counted once: linear. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - 1 - before) % 2 === 0) return end + 1;
  }
  return -1;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const startsNumber = (code: number): boolean => isDigit(code) || code === 0x2d;

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isNumberPart(text.charCodeAt(end))) end += 1;
  return end;
}

const startsExponent = (code: number): boolean => code === 0x45 || code === 0x65;

/** Digits, and `+ - . E e`. */
const isNumberPart = (code: number): boolean =>
  isDigit(code) || startsExponent(code) || code === 0x2b || code === 0x2d || code === 0x2e;

/** Up to 15 digits always survive; no number prints longer than 24 characters, so a longer one surely does not. */
function isFragile(text: string, start: number, end: number): boolean {
  if (end - start > 24) return true;
  let plain = start + 1;
  while (plain < end && isDigit(text.charCodeAt(plain))) plain += 1;
  if (plain === end && end - start <= 15) return false;
  if (startsExponent(text.charCodeAt(plain))) return true;

  const source = text.slice(start, end);
  return String(Number(source)) !== source;
}

function withQuotes(text: string, edges: readonly number[]): string {
  let quoted = '';
  let from = 0;
  for (const edge of edges) {
    quoted += `${text.slice(from, edge)}"`;
    from = edge;
  }
  return quoted + text.slice(from);
}
