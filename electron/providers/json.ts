import type { UnreadableBody } from '../../shared/event.ts';

/** A parsed JSON object. Only its own properties may be read, which a zod schema does. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type BodyRead =
  | { readonly status: 'object'; readonly value: JsonObject }
  | { readonly status: 'unreadable'; readonly why: UnreadableBody };

const deepest = 64;
/** A limit on commas and opening brackets, of which every value but the first has one. */
const mostValues = 100_000;
const decoder = new TextDecoder('utf-8');

/**
 * Parses a body as a JSON object, in linear time. A byte-order mark is dropped; invalid UTF-8 becomes replacement characters. `NaN`,
 * `Infinity` and `-Infinity`, which Python's json.dumps writes, become null. A number that JavaScript would round becomes its source
 * text; the schemas of `fields.ts` accept both.
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
    // Numbers are quoted only in valid JSON: quotes could turn invalid JSON into valid.
    const exact: unknown = JSON.parse(withQuotes(text, scanned.fragile));
    return isObject(exact) ? { status: 'object', value: exact } : unreadable('not-an-object');
  } catch {
    return unreadable('not-json');
  }
}

const unreadable = (why: UnreadableBody) => ({ status: 'unreadable', why }) as const;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nonFinite = /NaN|Infinity/;

/** Replaces `NaN` and infinities by `null`, outside strings. */
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

/** Start and end positions of the numbers that JavaScript would round. */
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
      // Parsing 500,000 values blocks the main thread for a second (P7).
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

/** The position after the closing quote; -1 when there is none. Counts each run of backslashes once, so it is linear. */
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

const isNumberPart = (code: number): boolean =>
  isDigit(code) || startsExponent(code) || code === 0x2b || code === 0x2d || code === 0x2e;

/** JavaScript keeps up to 15 digits, and prints no number with more than 24 characters. */
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
