/** In UTF-16 units. Bounds the time that a foreign text can cost. */
const readAtMost = 2048;

const printableAscii = /^[\x20-\x7e]*$/;
/** A sequence start ends the sequence before it; otherwise many starts would take quadratic time. */
const ansiSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/gu;
const loneSurrogates = /\p{Surrogate}/gu;
/** These become a space. U+2800 only looks like one. */
const breaks = /[\t-\r\u0085\u2028\u2029\u2800]/gu;
const controls = /[\p{Cc}\ufff9-\ufffb]/gu;
/** Bidirectional controls, zero-width characters, blank fillers and tags, without joiners and variation selectors. */
const invisible =
  /(?![\u200c\u200d]|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;
/** Joiners have a meaning in emoji and in joining scripts; elsewhere they make equal names differ. */
const idleJoiners =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Syriac}])[\u200c\u200d]/gu;
/** No script stacks more than six marks; more would cover the rows above. */
const markStacks = /(\p{M}{6})\p{M}+/gu;

/** Blocks that are right-to-left by default (UAX #9, DerivedBidiClass). */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Makes foreign text one plain line: no control characters, terminal sequences, bidirectional controls or invisible characters, single spaces,
 * whole characters. Reads the first 2048 UTF-16 units.
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

/** Cuts a text to `most` graphemes, the ellipsis included. */
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

/** Wraps a name with right-to-left characters in isolates, so that it cannot reorder the sentence around it. */
export const isolated = (name: string): string =>
  rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
