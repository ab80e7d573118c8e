/** More than any row or detail shows, and little enough that no text can keep the app busy. In UTF-16 units. */
const readAtMost = 2048;

const printableAscii = /^[\x20-\x7e]*$/;
/** A sequence that begins inside another ends it: else a text of nothing but beginnings would be read once for each. */
const ansiSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/gu;
const loneSurrogates = /\p{Surrogate}/gu;
/** What breaks a line or moves on: becomes a space with the rest of the white space. U+2800 only looks like one. */
const breaks = /[\t-\r\u0085\u2028\u2029\u2800]/gu;
const controls = /[\p{Cc}\ufff9-\ufffb]/gu;
/** Bidirectional controls, zero-width characters, blank fillers, tags; joiners and variation selectors have their own rules. */
const invisible =
  /(?![\u200c\u200d]|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;
/** A joiner means something inside emoji and in scripts whose letters join; elsewhere it only makes two equal names differ. */
const idleJoiners =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Syriac}])[\u200c\u200d]/gu;
/** No script stacks more marks on a letter; beyond that they climb over the rows above. */
const markStacks = /(\p{M}{6})\p{M}+/gu;

/** The blocks whose characters Unicode makes right-to-left unless it says otherwise (UAX #9, DerivedBidiClass). */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A stranger's text as one plain line: no control characters or terminal sequences, no bidirectional controls, nothing
 * invisible that makes equal names differ, single spaces, whole characters. Reads the first 2048 UTF-16 units.
 */
export function cleaned(raw: string): string {
  const text = raw.length > readAtMost ? wholeCharacters(raw.slice(0, readAtMost)) : raw;
  const plain = printableAscii.test(text) ? text : withoutTricks(text);
  return plain.replace(/ {2,}/g, ' ').trim();
}

const withoutTricks = (text: string): string =>
  text
    .replace(ansiSequences, '')
    .replace(loneSurrogates, '\ufffd')
    .replace(breaks, ' ')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(idleJoiners, '')
    .replace(markStacks, '$1')
    .replace(/\s+/gu, ' ');

const wholeCharacters = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');

/** The text itself when it has at most `most` graphemes, else its beginning with an ellipsis, `most` graphemes in all. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;

  const bound = Math.max(readAtMost, most);
  const considered = text.slice(0, bound);
  let count = 0;
  let keptTo = 0;
  for (const { index } of graphemes.segment(considered)) {
    if (count === most - 1) keptTo = index;
    if (count === most) return withEllipsis(text.slice(0, keptTo));
    count += 1;
  }
  return considered === text ? text : withEllipsis(wholeCharacters(considered));
}

const withEllipsis = (text: string): string => `${text.trimEnd()}…`;

/** A name that can stand in a sentence: one with right-to-left characters is wrapped in isolates, so that it cannot reorder it. */
export const isolated = (name: string): string =>
  rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
