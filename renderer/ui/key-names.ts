/** What tells which key was pressed. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

const letterOfAnotherScript = /^(?!.*\p{Script=Latin})[\p{L}\p{M}]+$/u;
const punctuation = new Map([
  ['Comma', ','],
  ['Period', '.'],
  ['Slash', '/'],
]);

/**
 * The key as the shortcuts name it: a Latin letter in the case that Shift gives it, whatever Caps Lock says, a sign, or a name
 * such as `Enter`. On a layout of another script (Cyrillic, Greek, Hebrew …) it is what stands there on a Latin keyboard.
 */
export const keyOf = ({ key, code, shiftKey }: Pressed): string => {
  if (/^[A-Za-z]$/.test(key)) return inCase(key, shiftKey);
  if (letterOfAnotherScript.test(key)) {
    const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
    return letter ? inCase(letter, shiftKey) : (punctuation.get(code) ?? key);
  }
  // Cyrillic layouts have the full stop and the comma where the key says `/` and `?`.
  if (code === 'Slash' && (key === '.' || key === ',')) return shiftKey ? '?' : '/';
  return key;
};

const inCase = (letter: string, isUpper: boolean): string =>
  isUpper ? letter.toUpperCase() : letter.toLowerCase();
