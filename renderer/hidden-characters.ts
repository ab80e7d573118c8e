// Characters that draw nothing. Joiners stay, because scripts and emoji need them.
const silent =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b\\u2028\\u2029\\u2060\\ufeff\\ufff9-\\ufffb';
const halves = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const overrides = '\\u202a-\\u202e';
const isolates = '\\u2066-\\u2069';
const marks = '\\u061c\\u200e\\u200f';

const inRaw = new RegExp(`[${silent}${overrides}${isolates}${marks}]|\\r(?!\\n)|${halves}`, 'g');
// Main wraps names in isolates, so that they cannot reorder the sentence.
const inCleaned = new RegExp(`[${silent}${overrides}]|\\r(?!\\n)|${halves}`, 'g');

export type Piece = { text: string; hidden: boolean; at: number };

const codeOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Splits text into visible pieces and hidden characters, which become their names ("U+202E"). */
export function pieces(text: string, cleaned = false): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(cleaned ? inCleaned : inRaw)) {
    if (match.index > from) {
      found.push({ text: text.slice(from, match.index), hidden: false, at: from });
    }
    found.push({ text: codeOf(match[0]), hidden: true, at: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), hidden: false, at: from });
  return found;
}
