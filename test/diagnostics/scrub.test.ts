import { expect, test } from 'vitest';
import { createScrub, type ScrubOptions } from '../../electron/diagnostics/scrub.ts';

const scrubWith = (options: Partial<ScrubOptions> = {}) =>
  createScrub({
    mask: (text) => text,
    identity: {
      userName: 'jane',
      computerName: 'janes-laptop',
      folders: [
        { path: '/home/jane', as: '~' },
        { path: '/home/jane/.config/Hookbell', as: '<profile>' },
        { path: '/srv/acme (client)/hookbell', as: '<app>' },
      ],
    },
    hosts: ['Hooks.Example.com'],
    words: new Map([
      ['Tax office', 'Kryptos 1'],
      ['0b2e', 'Vezgo 1'],
    ]),
    ...options,
  });

test.each([
  ["open '/home/jane/taxes.txt'", "open '~/taxes.txt'"],
  ['/home/jane/.config/Hookbell/logs', '<profile>/logs'],
  ['file:///srv/acme%20(client)/hookbell/out/main.js:3:1', 'file://<app>/out/main.js:3:1'],
  ['/home/janet/x and /Users/bob/x', '/home/<user>/x and /Users/<user>/x'],
  [String.raw`C:\\Users\\Bob\\x`, String.raw`C:\\Users\\<user>\\x`],
  ['c:/Users/Jane Doe/x and /home/Ann Lee/y', 'c:/Users/<user>/x and /home/<user>/y'],
  ['/HOME/Jane/x, /home/bob is full', '~/x, /home/<user> is full'],
  ['JANE on JANES-LAPTOP', '<user> on <computer>'],
  ['jane on janes-laptop', '<user> on <computer>'],
  ['to hooks.example.COM:8443', 'to <public host>:8443'],
  ['https://unknown.example.org/hooks/a?b=c now', 'https://<host> now'],
  ['https://hooks.example.com/a/secret/path now', 'https://<host> now'],
  ['https://ann:pass@relay.example.org/a/path?b=c now', 'https://<host> now'],
  ['ftp://relay.example.org/a, postgres://u:p@db.example.org/b', 'ftp://<host> postgres://<host>'],
  [String.raw`"https:\/\/relay.example.org\/a\/path"`, '"https://<host>"'],
  ['to=https%3A%2F%2Frelay.example.org%2Fa%2Fpath', 'to=https://<host>'],
  ['getaddrinfo ENOTFOUND relay.example.org', 'getaddrinfo ENOTFOUND <host>'],
  ['bound to calm-fox-1.ngrok-free.app', 'bound to <public host>'],
  ['mail jane.d+x@example.org!', 'mail <e-mail>!'],
  ['from 203.0.113.7:443', 'from <address>:443'],
  ['from 2001:db8::7, ::ffff:10.0.0.1', 'from <address>, <address>'],
  ['from 2001:db8:0:0:1:2:3:4', 'from <address>'],
  ['the Tax Office of tax officers', 'the Kryptos 1 of tax officers'],
  ['source 0b2e failed', 'source Vezgo 1 failed'],
  ['{"code":"x","account":"My \\"main\\" one","port":1}', '{"code":"x","account":"…","port":1}'],
  ['0x52908400098527886E0F7030069857D2E4169EE7', '<long value>'],
  [
    'of 1BoatSLRHtKNngkdXEeobR76b53 and 5f9f1b9b9b9b9b9b9b9b9b9b',
    'of <long value> and <long value>',
  ],
])('%s', (text, scrubbed) => {
  expect(scrubWith()(text)).toBe(scrubbed);
});

test.each([
  'listens on http://127.0.0.1:4747 and [::1]:4747',
  '2026-11-27T06:23:15.123Z tunnel: connecting',
  'at Server.emit (node:events:519:28)',
  'connect ECONNREFUSED 127.0.0.1:4747',
  'getaddrinfo ENOTFOUND connect.ngrok-agent.com',
  'at file:///usr/lib/x/main.js:1:2 and app://hookbell/index.html',
  'Linux 5.15.167.4-microsoft-standard-WSL2',
  'Electron 45.4.1 on Chromium 142.0.7444.59',
])('%s stays as it is', (text) => {
  expect(scrubWith()(text)).toBe(text);
});

test('a long text is cut after a whole word, and after it was masked', () => {
  const secret = 's'.repeat(100);
  const text = `${'word '.repeat(390)}${secret} ${'x'.repeat(5000)}`;
  const scrubbed = scrubWith({ mask: (one) => one.replaceAll(secret, '(masked)') })(text);
  expect(scrubbed.endsWith('word (masked) …')).toBe(true);
});

test('hostile texts cost little time', () => {
  const scrub = scrubWith();
  const started = performance.now();
  for (const text of [
    'a.'.repeat(50_000),
    ':'.repeat(100_000),
    '1.'.repeat(50_000),
    '@'.repeat(9999),
  ])
    scrub(text);
  for (const text of ['a', 'a.', 'a-', '1.', '%2', 'a:', 'http://', '/home/a ', '.ngrok'])
    for (let line = 0; line < 50; line += 1) scrub(text.repeat(1999 / text.length));
  expect(performance.now() - started).toBeLessThan(500);
});
