import { crc32 } from 'node:zlib';

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');
const checksum = (content: string | Uint8Array): string => hex(crc32(content));

/** One journal line: checksum, space, JSON, newline. `json` must be one line, as JSON.stringify makes it. */
export const encodeLine = (json: string): string => `${checksum(json)} ${json}\n`;

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

  for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, start)) {
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
  const json = line.subarray(9);
  if (line.toString('latin1', 0, 9) !== `${checksum(json)} `) return undefined;
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
};

const checksumField = /^\{"crc":"([0-9a-f]{8})",/;

/** JSON of an object with the checksum of the rest in front; still plain JSON. */
export const serializeChecked = (value: unknown): string => {
  const rest = JSON.stringify(value).slice(1);
  return `{"crc":"${checksum(rest)}",${rest}`;
};

/** Throws SyntaxError when the checksum is missing or wrong, as electron-store expects of a damaged file. */
export const deserializeChecked = (text: string): Record<string, unknown> => {
  const found = checksumField.exec(text);
  if (!found || checksum(text.slice(found[0].length)) !== found[1]) {
    throw new SyntaxError('The checksum does not fit the content');
  }
  const { crc, ...value } = JSON.parse(text);
  return value;
};
