import { describe, expect, test } from 'vitest';
import { cookiesFor, displayNamed, greeting } from '../../electron/edges/x11.ts';
import { authorityOf } from '../support/x-server.ts';

describe('the name of a display', () => {
  test.each([
    [':0', 0, '/tmp/.X11-unix/X0'],
    [':1.0', 1, '/tmp/.X11-unix/X1'],
    ['unix:99', 99, '/tmp/.X11-unix/X99'],
  ])('%s is a socket of this computer', (name, number, path) => {
    expect(displayNamed(name)).toEqual({ number, addresses: [{ path }, { path: `\0${path}` }] });
  });

  test('with a host it is a port there', () => {
    expect(displayNamed('localhost:10.0')).toEqual({
      number: 10,
      addresses: [{ host: 'localhost', port: 6010 }],
    });
  });

  test.each(['', 'x', ':', ':x', '/private/tmp/launch/org.xquartz:0', 'host::0', ':123456'])(
    '%j is no display that we can read',
    (name) => {
      expect(displayNamed(name)).toBeNull();
    },
  );
});

describe('the keys of an Xauthority file', () => {
  const authority = authorityOf(
    { number: '0', key: 'key of 0' },
    { number: '1', key: 'key of 1' },
    { number: '0', key: 'unknown kind', name: 'XDM-AUTHORIZATION-1' },
    { number: '', key: 'key of any' },
  );

  test('belong to the display or to any display, and are of the known kind', () => {
    expect(cookiesFor(authority, 0).map(String)).toEqual(['key of 0', 'key of any']);
    expect(cookiesFor(authority, 1).map(String)).toEqual(['key of 1', 'key of any']);
  });

  test('a file that is cut off gives the keys before the cut', () => {
    for (let length = 0; length < authority.length; length += 1) {
      const keys = cookiesFor(authority.subarray(0, length), 0).map(String);
      expect(['', 'key of 0']).toContain(keys.join());
    }
  });
});

test("a greeting contains the key's kind and the key, each padded to four bytes", () => {
  const said = greeting(Buffer.from('0123456789'));
  expect(said.readUInt16LE(6)).toBe(18);
  expect(said.readUInt16LE(8)).toBe(10);
  expect(said.length).toBe(12 + 20 + 12);
  expect(greeting(null).length).toBe(12);
});
