export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

const letterOfAnotherScript = /^(?!.*\p{Script=Latin})[\p{L}\p{M}]+$/u;
const punctuation = new Map([
  ['Comma', ','],
  ['Period', '.'],
  ['Slash', '/'],
]);

/**
 * A pressed key, as shortcuts name it: a Latin letter (upper case with Shift, whatever Caps Lock says), a sign, or a name such
 * as `Enter`. On a layout of another script it is the key at that place of a Latin keyboard.
 */
export const keyOf = ({ key, code, shiftKey }: Pressed): string => {
  if (/^[A-Za-z]$/.test(key)) return inCase(key, shiftKey);
  if (letterOfAnotherScript.test(key)) {
    const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
    return letter ? inCase(letter, shiftKey) : (punctuation.get(code) ?? key);
  }
  // Cyrillic layouts have `.` and `,` on the key of `/` and `?`.
  if (code === 'Slash' && (key === '.' || key === ',')) return shiftKey ? '?' : '/';
  return key;
};

const inCase = (letter: string, isUpper: boolean): string =>
  isUpper ? letter.toUpperCase() : letter.toLowerCase();
