import { crc32 } from 'node:zlib';

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');
const checksum = (content: string | Uint8Array): string => hex(crc32(content));

const frame = '01234567 \n'.length;

/** How long a journal line is, in bytes. To ask takes as long as to write it. */
export const lineLength = (json: string): number => Buffer.byteLength(json) + frame;

/**
 * Journal lines: checksum, space, JSON, newline. Each text must be one line, as JSON.stringify makes it. All go into one
 * piece of memory: making one for each costs more than what is written into it.
 */
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

/** What a journal holds. */
export type JournalContent = {
  /** One for every line, in order; undefined for one that is damaged. */
  readonly values: readonly unknown[];
  /** Ends the last whole line; what follows was torn by a crash, or rotted. */
  readonly goodBytes: number;
  /** Some of it is not as it was written; a torn end alone is no damage, it was never acknowledged. */
  readonly damaged: boolean;
};

/** Total: reads what is whole and marks what is not. */
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
    if (hex(crc) !== line.toString('latin1', 0, 8)) continue;
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

/** The JSON of every line that is whole, until the first that is not, and where the last of them ends. Nothing is parsed. */
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

/** A list whose members are JSON already; `serializeChecked` takes them as they stand. */
export class EncodedList {
  readonly members: readonly Uint8Array[];
  constructor(members: readonly Uint8Array[]) {
    this.members = members;
  }
}

const comma = Buffer.from(',');

/** Bytes are put together as bytes: for half a megabyte a string of so many pieces takes three times as long. */
const encoded = (value: unknown): Buffer | null => {
  if (!(value instanceof EncodedList)) {
    const json = JSON.stringify(value);
    return json === undefined ? null : Buffer.from(json);
  }
  const parts = value.members.flatMap((member, at) => (at === 0 ? [member] : [comma, member]));
  return Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')]);
};

/** JSON of an object with the checksum of the rest in front; still plain JSON. */
export const serializeChecked = (value: Readonly<Record<string, unknown>>): string => {
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const json = encoded(field);
    return json ? [comma, Buffer.from(`${JSON.stringify(name)}:`), json] : [];
  });
  const rest = Buffer.concat([...fields.slice(1), Buffer.from('}')]);
  return `{"crc":"${checksum(rest)}",${rest.toString('utf8')}`;
};

const fieldLength = '{"crc":"01234567",'.length;

/** The bytes behind the checksum, when they are as `serializeChecked` made them; null when they are not. Nothing is parsed. */
export const wholeContent = (bytes: Uint8Array): Buffer | null => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = buffer.subarray(fieldLength);
  const isWhole = buffer.toString('latin1', 0, fieldLength) === `{"crc":"${checksum(content)}",`;
  return isWhole ? content : null;
};

/** What `serializeChecked` made a file of. Throws SyntaxError when the checksum is missing or wrong. */
export const objectIn = (file: Uint8Array): Record<string, unknown> => {
  const content = wholeContent(file);
  if (!content) throw new SyntaxError('The checksum does not fit the content');
  return JSON.parse(`{${content.toString('utf8')}`);
};

/** As `objectIn`, for electron-store, which reads its files as text. */
export const deserializeChecked = (text: string): Record<string, unknown> =>
  objectIn(Buffer.from(text));
