import { describe, expect, test } from 'vitest';
import { keyOf } from '../../renderer/ui/key-of.ts';

const pressed = (key: string, code: string, shiftKey = false) => keyOf({ key, code, shiftKey });

/** What Chromium reports on each layout for the keys of our shortcuts. */
const layouts: Record<string, readonly (readonly [string, string, string])[]> = {
  Russian: [
    ['о', 'KeyJ', 'j'],
    ['л', 'KeyK', 'k'],
    ['г', 'KeyU', 'u'],
    ['п', 'KeyG', 'g'],
    ['е', 'KeyT', 't'],
    ['ы', 'KeyS', 's'],
    ['ь', 'KeyM', 'm'],
    ['р', 'KeyH', 'h'],
    ['с', 'KeyC', 'c'],
    ['б', 'Comma', ','],
    ['.', 'Slash', '/'],
  ],
  Greek: [
    ['ξ', 'KeyJ', 'j'],
    ['κ', 'KeyK', 'k'],
    ['θ', 'KeyU', 'u'],
    ['γ', 'KeyG', 'g'],
    ['τ', 'KeyT', 't'],
    ['σ', 'KeyS', 's'],
    ['μ', 'KeyM', 'm'],
    ['η', 'KeyH', 'h'],
    ['ψ', 'KeyC', 'c'],
    [',', 'Comma', ','],
    ['/', 'Slash', '/'],
  ],
  Hebrew: [
    ['ח', 'KeyJ', 'j'],
    ['ע', 'KeyG', 'g'],
    ['/', 'KeyQ', '/'],
    ['ת', 'Comma', ','],
    ['.', 'Slash', '/'],
  ],
  Arabic: [
    ['ت', 'KeyJ', 'j'],
    ['لا', 'KeyB', 'b'],
  ],
  Thai: [
    ['่', 'KeyJ', 'j'],
    ['า', 'KeyK', 'k'],
    ['ี', 'KeyU', 'u'],
  ],
};

describe('shortcuts on layouts of other scripts', () => {
  test.each(Object.entries(layouts))(
    '%s keys are the Latin ones that they share',
    (_name, keys) => {
      for (const [key, code, expected] of keys) expect(pressed(key, code), key).toBe(expected);
    },
  );

  test('the question mark of a Russian layout works as printed and at its Latin place', () => {
    expect(pressed('?', 'Digit7', true)).toBe('?');
    expect(pressed(',', 'Slash', true)).toBe('?');
    expect(pressed('/', 'Backslash', true)).toBe('/');
  });
});

describe("a Latin layout's own letters count, wherever the key is", () => {
  test.each([
    ['French', 'm', 'Semicolon', 'm'],
    ['French', ',', 'KeyM', ','],
    ['German', '-', 'Slash', '-'],
    ['Dvorak', 'j', 'KeyC', 'j'],
    ['Dvorak', ';', 'KeyZ', ';'],
    ['Dvorak', 'z', 'Slash', 'z'],
    ['Polish', 'ł', 'KeyL', 'ł'],
    ['Turkish', 'ı', 'KeyI', 'ı'],
  ])('%s %s at %s', (_layout, key, code, expected) => {
    expect(pressed(key, code)).toBe(expected);
  });

  test('Caps Lock changes no shortcut, and Shift makes another', () => {
    expect(pressed('J', 'KeyJ')).toBe('j');
    expect(pressed('J', 'KeyJ', true)).toBe('J');
    expect(pressed('О', 'KeyJ')).toBe('j');
    expect(pressed('О', 'KeyJ', true)).toBe('J');
  });

  test.each(['Enter', 'Escape', 'ArrowDown', 'Home', 'PageUp', 'Dead', 'Process', ' '])(
    'the key named %s keeps its name',
    (key) => {
      expect(pressed(key, key)).toBe(key);
    },
  );
});
