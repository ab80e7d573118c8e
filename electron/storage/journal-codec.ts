import { crc32 } from 'node:zlib';
import { checksum, hexOf } from './checksum.ts';

const frame = '01234567 \n'.length;

/** The length of a journal line in bytes. It costs as much as writing the line. */
export const lineLength = (json: string): number => Buffer.byteLength(json) + frame;

/** Journal lines: checksum, space, JSON, newline. Each text must be one line. One allocation for all: one for each line costs more than writing it. */
export const encodeLines = (
  texts: readonly string[],
  length = texts.reduce((sum, text) => sum + lineLength(text), 0),
): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const text of texts) {
    const start = at + frame - 1;
    const end = start + bytes.write(text, start);
    bytes.write(`${checksum(bytes.subarray(start, end))} `, at, 'latin1');
    bytes[end] = newline;
    at = end + 1;
  }
  return bytes;
};

const newline = 0x0a;

export type JournalContent = {
  /** One for every line, in order; undefined for one that is damaged. */
  readonly values: readonly unknown[];
  /** Ends the last whole line; what follows was torn by a crash, or rotted. */
  readonly goodBytes: number;
  /** Some of it is not as it was written; a torn end alone is no damage, it was never acknowledged. */
  readonly damaged: boolean;
};

/** Never throws. */
export const decodeJournal = (bytes: Uint8Array): JournalContent => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: unknown[] = [];
  let damaged = false;
  let start = 0;

  for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, start)) {
    const read = decodeLine(buffer.subarray(start, end));
    values.push(...read);
    damaged ||= read.length > 1 || read[0] === undefined;
    start = end + 1;
  }
  // A torn line never ends in a byte too many: this one's newline rotted.
  const last = decodeWhole(buffer.subarray(start, -1));
  if (last !== undefined) values.push(last);
  return { values, goodBytes: start, damaged: damaged || last !== undefined };
};

/** A line's value; two when the newline between them rotted. */
const decodeLine = (line: Buffer): unknown[] => {
  const value = decodeWhole(line);
  if (value !== undefined) return [value];
  let crc = 0;
  let read = 9;
  for (const { index } of line.toString('latin1').matchAll(/[0-9a-f]{8} \{/g)) {
    if (index < 10) continue;
    crc = crc32(line.subarray(read, index - 1), crc);
    read = index - 1;
    if (hexOf(crc) !== line.toString('latin1', 0, 8)) continue;
    const pair = [line.subarray(0, index - 1), line.subarray(index)].map(decodeWhole);
    if (!pair.includes(undefined)) return pair;
  }
  return [undefined];
};

const decodeWhole = (line: Buffer): unknown => {
  const json = wholeJson(line);
  if (!json) return undefined;
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
};

const wholeJson = (line: Buffer): Buffer | undefined => {
  const json = line.subarray(9);
  return line.toString('latin1', 0, 9) === `${checksum(json)} ` ? json : undefined;
};

/** The JSON of the whole lines before the first damaged one, and where they end. Nothing is parsed. */
export const wholeLines = (bytes: Uint8Array): { lines: Buffer[]; end: number } => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, start)) {
    const json = wholeJson(buffer.subarray(start, end));
    if (!json) break;
    lines.push(json);
    start = end + 1;
  }
  return { lines, end: start };
};
