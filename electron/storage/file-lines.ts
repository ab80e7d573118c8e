/** A line of a file, without its end; null for one that is longer than is read. */
export type FileLine = string | null;

/** The text without the byte-order mark that some editors put in front. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '');

/**
 * The lines of a text that comes in pieces, empty lines too. A line ends at `\n` or `\r\n` and nowhere else: JSON contains U+2028 as it is.
 * `atMost`: the longest line that is given, in UTF-16 units. Every piece is read once.
 */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  atMost: number,
): AsyncGenerator<FileLine> {
  let parts: string[] = [];
  let length = 0;
  let isFirst = true;

  const add = (part: string): void => {
    length += part.length;
    if (length <= atMost) parts.push(part);
    else parts = [];
  };
  const end = (): FileLine => {
    const whole = parts.join('');
    const line = isFirst ? withoutByteOrderMark(whole) : whole;
    const isTooLong = length > atMost;
    [parts, length, isFirst] = [[], 0, false];
    return isTooLong ? null : line.replace(/\r$/, '');
  };

  for await (const piece of pieces) {
    let from = 0;
    for (let to = piece.indexOf('\n'); to >= 0; to = piece.indexOf('\n', from)) {
      add(piece.slice(from, to));
      from = to + 1;
      yield end();
    }
    add(piece.slice(from));
  }
  if (length > 0) yield end();
}
