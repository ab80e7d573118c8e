import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventIdIn, isLink } from '../electron/link.ts';
import { readSwitches } from '../electron/switches.ts';

const id = randomUUID();
const nothingBeside = { provision: null, hidden: false };
const open = (id: string) => ({
  status: 'valid',
  switches: { ...nothingBeside, task: { kind: 'open', id } },
});
const windowAlone = {
  status: 'valid',
  switches: { ...nothingBeside, task: { kind: 'run' } },
};

describe('a link opens an event and does nothing else (T9)', () => {
  test('a link names its event, whatever the case of scheme and host', () => {
    expect(eventIdIn(`hookbell://event/${id}`)).toBe(id);
    expect(eventIdIn(`HOOKBELL://Event/${id.toUpperCase()}`)).toBe(id.toUpperCase());
    expect(readSwitches(['.', `hookbell://event/${id}`])).toEqual(open(id));
  });

  test.each([
    ...[
      'hookbell:',
      'hookbell://',
      'hookbell://event',
      'hookbell://event/',
      `hookbell:event/${id}`,
    ],
    ...[`hookbell:///event/${id}`, `hookbell://events/${id}`, `hookbell://event//${id}`],
    ...[`hookbell://quit/${id}`, `hookbell://event/${id}/`, `hookbell://event/${id}/../quit`],
    ...[`hookbell://event/${id}?a=b`, `hookbell://event/${id}#a`, `hookbell://me@event/${id}`],
    ...[`hookbell://event:80/${id}`, `hookbell://event/%2e%2e/${id}`, `hookbell://e%76ent/${id}`],
    ...[
      `hookbell://event/${id} --quit`,
      `hookbell://event/${id}\n--quit`,
      `hookbell://event/${id}\n`,
    ],
    ...[`hookbell://event/${id}" --quit "`, `hookbell://event/${id}\0`, `hookbell://event/${id}x`],
    ...[`hookbell://event/${id.replaceAll('-', '')}`, `hookbell://event/${id.replace(/^./, 'g')}`],
    ...[`hookbell://event/${'a'.repeat(1_000_000)}`, 'hookbell://event/../../etc/passwd'],
  ])('any other link opens the window alone: %j', (link) => {
    expect(readSwitches([link])).toEqual(windowAlone);
  });

  test('several links open the window alone', () => {
    const link = `hookbell://event/${id}`;
    expect(readSwitches([link, link])).toEqual(windowAlone);
    expect(readSwitches([link, 'hookbell://event/x'])).toEqual(windowAlone);
  });

  test('switches beside a link are ignored, whoever put them there', () => {
    const link = `hookbell://event/${id}`;
    const beside = ['--quit', '--export', '/tmp/x', '--simulate=mint-day', '--provision', 'a.json'];
    expect(readSwitches([link, ...beside, '--hidden'])).toEqual(open(id));
    expect(readSwitches([...beside, link])).toEqual(open(id));
    expect(readSwitches(['hookbell://quit', ...beside])).toEqual(windowAlone);
  });

  test('no text in a link is a switch', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .array(
          fc.constantFrom(
            ...[
              'event',
              '/',
              '//',
              id,
              '--quit',
              ' ',
              '"',
              '--export=/tmp/x',
              '%20',
              '@',
              ':1',
              '?',
            ],
            ...['\n', '\0', '..', '\\', '--provision', 'x'.repeat(5000), '--user-data-dir=/tmp/x'],
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const link = `hookbell:${text}`;
        expect(isLink(link)).toBe(true);
        const isWhole = text.toLowerCase() === `//event/${id}`;
        expect(readSwitches([link])).toEqual(isWhole ? open(text.slice(-id.length)) : windowAlone);
      }),
      { numRuns: 2000 },
    );
  });
});
