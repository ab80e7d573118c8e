import { sha256 } from './verdict.ts';

/** Replaces a secret value. */
export const mask = '(masked)';

/** Replaces every secret value in a text by `mask`. */
export type Mask = (text: string) => string;

/** The values to mask: they admit a sender or prove one. */
export type OwnValues = {
  /** The tokens, secrets, client ids and authtoken that can be read now. */
  readonly values: readonly string[];
  /** SHA-256 (hex) of path tokens, replaced ones included. */
  readonly tokenHashes: ReadonlySet<string>;
};

/** In UTF-16 units. Ordinary text could contain a shorter value by chance. */
const leastLength = 8;

const slash = String.raw`(?:\\?/|%(?:25)*2[fF])`;
const unreserved = String.raw`(?:[\w.~-]|%(?:25)*(?:2[dDeE]|3\d|[46][1-9a-fA-F]|[57][\daA]|5[fF]|7[eE]))`;
/** Any token in an endpoint's path; the slashes may be percent-encoded or escaped. */
const endpointPath = new RegExp(
  `(${slash}hooks${slash}${unreserved}{1,60}?${slash})${unreserved}{22,512}`,
  'gi',
);
/** The form of a token. */
const tokenLike = /[\w-]{22,256}/g;

/**
 * Makes a `Mask` of the current values. It finds them within longer text, JSON-escaped, percent-encoded once or more, and in UTF-8 decoded
 * as latin1, as headers are. It finds a replaced token by its hash, as a whole word, and by its position in an endpoint's path.
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
      : masked.replace(tokenLike, (one) => (tokenHashes.has(hashOf(one)) ? mask : one));
  };
};

/** Masks bytes of any encoding; returns the same object when there is nothing to mask. */
export const maskedBytes = (bytes: Buffer, masking: Mask): Buffer => {
  const text = bytes.toString('latin1');
  const masked = masking(text);
  return masked === text ? bytes : Buffer.from(masked, 'latin1');
};

const hashOf = (token: string): string => sha256(token).toString('hex');

/** The spellings of a value. A secret of Standard Webhooks also appears without its prefix. */
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
  // PHP and Gson escape `/` and `=` in JSON; JSON within JSON escapes the backslash too.
  const escaped = byte < 0x80 ? `|\\\\{1,4}(?:u00${digits}${byte === 0x2f ? '|/' : ''})` : '';
  const plain = `\\x${hex}${escaped}`;
  return byte === 0x20 ? `(?:${plain}|\\+|%(?:25)*${digits})` : `(?:${plain}|%(?:25)*${digits})`;
};
