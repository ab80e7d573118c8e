import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { HeaderLine } from '../../electron/delivery.ts';
import { curlCommand, shellQuoted } from '../../electron/replay/curl.ts';
import { loopbackUrl } from '../../electron/replay/loopback-url.ts';
import { resentHeaders } from '../../electron/replay/resent-headers.ts';

const hostile = [
  "it's",
  '$(touch /tmp/pwned)',
  '`id`',
  '"; rm -rf ~; "',
  "' ; id ; '",
  '\\',
  "\\'",
  '!history',
  'line\nbreak',
  '-H evil',
  '@/etc/passwd',
  '',
  '\u202egnp.exe',
];

describe('a text as one word of a shell (E7)', () => {
  test.each(hostile)('%j comes out as it went in', (text) => {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellQuoted(text)}`]);
    expect(stdout.toString()).toBe(text);
  });
});

/** As Node reads a header. */
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

type Request = { readonly headers: readonly HeaderLine[]; readonly body: Uint8Array };

/** What a curl is given, argument by argument, and at the end its input. */
const givenTo = ({ headers, body }: Request): string[] => {
  const command = curlCommand({ url: 'http://localhost:3000/', headers, body });
  const heard = `curl() { printf '%s\\0' "$@"; printf 'input\\0'; case "$*" in *@-*) cat;; esac; }`;
  const { stdout } = spawnSync('sh', { input: `${heard}; ${command}` });
  const text = stdout.toString('latin1');
  const input = text.indexOf('input\0');
  return [...text.slice(0, input).split('\0').slice(0, -1), text.slice(input + 6)];
};

describe('a delivery as a command of curl (E7)', () => {
  test.each(hostile)('a body and a header of %j are data', (text) => {
    const given = givenTo({
      headers: [['X-Odd', latin1(text.replaceAll('\n', ' '))]],
      body: Buffer.from(text),
    });
    const utf8 = given.map((one) => Buffer.from(one, 'latin1').toString('utf8'));
    expect(utf8[utf8.indexOf('--data-raw') + 1]).toBe(text);
    expect(utf8.filter((one) => one === '-H')).toHaveLength(2);
  });

  test.each([
    ['bytes that are no text', Buffer.from([0xff, 0x00, 0x27, 0x0a])],
    ['a key that would end the command where a terminal types what is pasted', Buffer.from('\x03')],
    ['a Tab', Buffer.from('{\t}')],
    ['a body larger than an argument may be', Buffer.alloc(200_000, 'a')],
  ])('%s go through a pipe', (_what, body) => {
    const given = givenTo({ headers: [], body });
    expect(Buffer.from(given.at(-1) ?? '', 'latin1')).toEqual(body);
    const command = curlCommand({ url: 'http://localhost:3000/', headers: [], body });
    expect(command).toMatch(/^[\n -~]*$/);
  });

  test('no header breaks out of its line, and none of the connection is repeated', () => {
    const headers: HeaderLine[] = [
      ['Host', 'kept.example'],
      ['Content-Length', '5'],
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'close'],
      ['x-hookbell-simulator', 'a nonce'],
      ['X-Split', 'one\r\nX-Injected: two'],
      ['X-Null', 'a\0b'],
      ['@/etc/passwd', 'a file'],
      ['X Space', 'a'],
      ['X-Kept', 'yes'],
      ['x-kept', 'twice'],
    ];
    expect(resentHeaders(headers)).toEqual([
      ['X-Kept', 'yes'],
      ['x-kept', 'twice'],
    ]);
    expect(curlCommand({ url: 'http://localhost/', headers, body: Buffer.from('{}') })).toBe(
      [
        "curl 'http://localhost/' \\",
        "  -H 'X-Kept: yes' \\",
        "  -H 'x-kept: twice' \\",
        "  -H 'Content-Type:' \\",
        "  --data-raw '{}'",
      ].join('\n'),
    );
  });

  test('an empty value and one in UTF-8 stay', () => {
    const utf8 = Buffer.from('Zoë', 'utf8').toString('latin1');
    const command = curlCommand({
      url: 'http://localhost/',
      headers: [
        ['X-Empty', ''],
        ['X-Name', utf8],
        ['X-Latin1', 'Zo\xeb'],
      ],
      body: Buffer.from('{}'),
    });
    expect(command).toContain("-H 'X-Empty;'");
    expect(command).toContain("-H 'X-Name: Zoë'");
    expect(command).not.toContain('X-Latin1');
  });

  const hasCurl = spawnSync('curl', ['--version']).status === 0;
  test.runIf(hasCurl)('a real curl delivers the same bytes', async () => {
    const arrived: { raw: string[]; body: Buffer }[] = [];
    await using server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        arrived.push({ raw: request.rawHeaders, body: Buffer.concat(chunks) });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const body = Buffer.from(`@/etc/passwd ${hostile.join('')}\n"end"`);
    const command = curlCommand({
      url: `http://127.0.0.1:${port}/a?b=[c]`,
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Odd', "$(id) 'a'"],
      ],
      body,
    });
    await promisify(execFile)('sh', ['-c', command.replace('curl ', 'curl --noproxy "*" -s ')]);
    const [heard] = arrived;
    expect(heard?.body).toEqual(body);
    expect(heard?.raw).toEqual(expect.arrayContaining(['X-Odd', "$(id) 'a'", 'application/json']));
  });
});

describe('a URL to forward to (P9)', () => {
  test.each([
    ['localhost:3000', 'http://localhost:3000/'],
    ['http://localhost:3000/hooks?a=b#part', 'http://localhost:3000/hooks?a=b'],
    ['http://127.0.0.1', 'http://127.0.0.1/'],
    ['127.1:80', 'http://127.0.0.1/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
    ['http://app.localhost/', 'http://app.localhost/'],
  ])('%s is on this computer', (typed, url) => {
    expect(loopbackUrl(typed)).toMatchObject({ status: 'ok', url });
  });

  test.each([
    '',
    'http://',
    'https://localhost:3000/',
    'file:///etc/passwd',
    'javascript://localhost/%0aalert(1)',
    'http://example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://0.0.0.0:3000/',
    'http://192.168.0.1/',
    'http://169.254.169.254/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::]/',
    'http://localhost@example.com/',
    'http://user:password@localhost/',
    'http://example.com\\@localhost/',
  ])('%j is not', (typed) => {
    expect(loopbackUrl(typed)).toMatchObject({ status: 'refused', message: expect.any(String) });
  });
});
