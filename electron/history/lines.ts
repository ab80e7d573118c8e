import { crc32 } from 'node:zlib';

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** One journal line: checksum, space, JSON, newline. `json` must be one line, as JSON.stringify makes it. */
export const encodeLine = (json: string): string => `${checksum(json)} ${json}\n`;

/** What a journal holds. `goodBytes` ends the last whole line; what follows was torn by a crash. */
export type JournalContent = {
  readonly values: unknown[];
  readonly damagedLines: number;
  readonly goodBytes: number;
};

/** Total: reads what is whole, counts what is not. A torn end is not damage, it was never acknowledged. */
export const decodeJournal = (bytes: Uint8Array): JournalContent => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: unknown[] = [];
  let damagedLines = 0;
  let start = 0;

  for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, start)) {
    const value = decodeLine(buffer.toString('utf8', start, end));
    if (value === undefined) damagedLines += 1;
    else values.push(value);
    start = end + 1;
  }
  return { values, damagedLines, goodBytes: start };
};

const decodeLine = (line: string): unknown => {
  const json = line.slice(9);
  return line.slice(0, 9) === `${checksum(json)} ` ? JSON.parse(json) : undefined;
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
