import { sha256 } from './verdict.ts';

/** Stands in place of a value that nobody may see. */
export const mask = '(masked)';

/** Gives back a text with every value of ours in it replaced by `mask`. */
export type Mask = (text: string) => string;

/** What lets someone in, or proves a sender. */
export type OwnValues = {
  /** Tokens, secrets, client ids and the authtoken, as far as they can be read now. */
  readonly values: readonly string[];
  /** SHA-256 (hex) of path tokens, of replaced ones too. */
  readonly tokenHashes: ReadonlySet<string>;
};

/** A shorter value would be found by chance in ordinary text. In UTF-16 units. */
const leastLength = 8;

const slash = String.raw`(?:\\?/|%(?:25)*2[fF])`;
const unreserved = String.raw`(?:[\w.~-]|%(?:25)*(?:2[dDeE]|3\d|[46][1-9a-fA-F]|[57][\daA]|5[fF]|7[eE]))`;
/** Where a token stands in an endpoint's path, whose ever it is; the slashes may be percent-encoded or escaped. */
const endpointPath = new RegExp(
  `(${slash}hooks${slash}${unreserved}{1,60}?${slash})${unreserved}{22,512}`,
  'gi',
);
/** What a token may be: long enough, and of its alphabet. */
const word = /[\w-]{22,256}/g;

/**
 * Makes a `Mask` of the values as they are now: they are found as they are, escaped in JSON in any way, percent-encoded once or more,
 * and within longer text. Texts may be UTF-8 that was decoded as latin1, as headers are. A replaced token is known by its hash, as a whole word, and by its
 * place in the path of an endpoint.
 */
export const createMask = ({ values, tokenHashes }: OwnValues): Mask => {
  const written = [...new Set(values.flatMap(spellings))]
    .filter(({ length }) => length >= leastLength)
    .sort((a, b) => b.length - a.length);
  let encoded: readonly RegExp[] | null = null;

  return (text) => {
    let masked = text;
    for (const value of written)
      if (masked.includes(value)) masked = masked.replaceAll(value, mask);
    if (/[%\\]/.test(masked)) {
      encoded ??= written.map(encodedPattern);
      for (const pattern of encoded) masked = masked.replace(pattern, mask);
    }
    if (/hooks/i.test(masked)) masked = masked.replace(endpointPath, `$1${mask}`);
    return tokenHashes.size === 0
      ? masked
      : masked.replace(word, (one) => (tokenHashes.has(hashOf(one)) ? mask : one));
  };
};

/** Masks bytes of any encoding; the same bytes when nothing of ours is in them. */
export const maskedBytes = (bytes: Buffer, masking: Mask): Buffer => {
  const text = bytes.toString('latin1');
  const masked = masking(text);
  return masked === text ? bytes : Buffer.from(masked, 'latin1');
};

const hashOf = (token: string): string => sha256(token).toString('hex');

/** A value as it may stand in a text. A secret of Standard Webhooks is also known without its prefix. */
const spellings = (value: string): string[] => {
  const whole = [value, value.replace(/^whsec_/, '')];
  return whole.flatMap((one) => [
    one,
    Buffer.from(one, 'utf8').toString('latin1'),
    JSON.stringify(one).slice(1, -1),
  ]);
};

const encodedPattern = (value: string): RegExp =>
  new RegExp([...Buffer.from(value, 'utf8')].map(byteOrEncoded).join(''), 'g');

const byteOrEncoded = (byte: number): string => {
  const hex = byte.toString(16).padStart(2, '0');
  const digits = [...hex].map((digit) => `[${digit}${digit.toUpperCase()}]`).join('');
  // JSON may escape any character, and PHP and Gson do so with `/` and `=`, which secrets hold; JSON within JSON escapes the backslash.
  const escaped = byte < 0x80 ? `|\\\\{1,4}(?:u00${digits}${byte === 0x2f ? '|/' : ''})` : '';
  const plain = `\\x${hex}${escaped}`;
  return byte === 0x20 ? `(?:${plain}|\\+|%(?:25)*${digits})` : `(?:${plain}|%(?:25)*${digits})`;
};
