import { checksum } from './checksum.ts';

/** A list whose members are JSON already; `serializeChecked` takes them as they stand. */
export class EncodedList {
  readonly members: readonly Uint8Array[];
  constructor(members: readonly Uint8Array[]) {
    this.members = members;
  }
}

const comma = Buffer.from(',');

/** Concatenating bytes is three times as fast as strings for half a megabyte. */
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
