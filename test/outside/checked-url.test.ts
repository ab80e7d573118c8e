import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedUrl } from '../../electron/outside/checked-url.ts';

const why = (text: string, from: 'app' | 'person' = 'app') => {
  const checked = checkedUrl(text, from);
  return checked.status === 'ok' ? 'ok' : checked.why;
};

describe('the guard in front of the browser (E8)', () => {
  test.each([
    ['javascript:alert(1)', 'other-scheme'],
    ['JavaScript:alert(1)', 'other-scheme'],
    ['file:///etc/passwd', 'other-scheme'],
    ['data:text/html,<script>1</script>', 'other-scheme'],
    ['ms-msdt:/id PCWDiagnostic', 'unusual-characters'],
    ['ms-msdt:/id', 'other-scheme'],
    ['ms-officecmd:x', 'other-scheme'],
    ['search-ms:query=x&crumb=location:\\\\evil', 'unusual-characters'],
    ['search-ms:query=x', 'other-scheme'],
    ['smb://evil.example/share', 'other-scheme'],
    ['vscode://file/etc/passwd', 'other-scheme'],
    ['hookbell://event/1', 'other-scheme'],
    ['mailto:a@b.example', 'other-scheme'],
    ['blob:https://a.example/1', 'other-scheme'],
    ['view-source:https://a.example', 'other-scheme'],
    ['\\\\evil.example\\share', 'unusual-characters'],
    ['//evil.example/share', 'no-url'],
    ['https:evil.example', 'no-url'],
    ['https:/evil.example', 'no-url'],
    ['https:///evil.example', 'no-url'],
    ['https:\\\\evil.example', 'unusual-characters'],
    ['https://', 'no-url'],
    ['', 'no-url'],
    ['-a', 'no-url'],
    ['https://etherscan.io@evil.example/', 'user-name'],
    ['https://user:word@evil.example/', 'user-name'],
    ['https://@evil.example/', 'user-name'],
    [' https://etherscan.io/', 'unusual-characters'],
    ['https://ether\tscan.io/', 'unusual-characters'],
    ['https://etherscan.io/\n', 'unusual-characters'],
    ['https://etherscan.io/\u202Egpj', 'unusual-characters'],
    ['https://etherscan.io/\u0000', 'unusual-characters'],
    ['http://etherscan.io/', 'not-encrypted'],
    ['https://localhost/', 'local-network'],
    ['https://router/', 'local-network'],
    ['https://nas.local/', 'local-network'],
    ['https://fritz.home.arpa./', 'local-network'],
    ['https://127.0.0.1/', 'local-network'],
    ['https://2130706433/', 'local-network'],
    ['https://0x7f.1/', 'local-network'],
    ['https://192.168.0.1:8080/', 'local-network'],
    ['https://[::1]/', 'local-network'],
    [`https://etherscan.io/${'a'.repeat(2048)}`, 'too-long'],
    // Encoded, it is longer than as text.
    [`https://etherscan.io/${'é'.repeat(1000)}`, 'too-long'],
  ] as const)('%j is refused: %s', (text, reason) => {
    expect(why(text)).toBe(reason);
  });

  test('a host of another script is shown in ASCII', () => {
    expect(checkedUrl('https://еtherscan.io/tx/1', 'app')).toEqual({
      status: 'ok',
      url: 'https://xn--therscan-3ng.io/tx/1'.replace(
        /xn--[^.]*/,
        new URL('https://еtherscan.io').hostname.split('.')[0] ?? '',
      ),
      host: new URL('https://еtherscan.io').host,
      encrypted: true,
    });
    expect(new URL('https://еtherscan.io').host).toMatch(/^xn--/);
  });

  test("the person's own link may lead to their own network, and says where it is not encrypted", () => {
    expect(checkedUrl('http://localhost:3000/a', 'person')).toEqual({
      status: 'ok',
      url: 'http://localhost:3000/a',
      host: 'localhost:3000',
      encrypted: false,
    });
    expect(why('javascript:alert(1)', 'person')).toBe('other-scheme');
    expect(why('http://me@localhost/', 'person')).toBe('user-name');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc
      .tuple(
        fc.constantFrom('https://', 'http://', 'https:', 'HTTPS://', 'file://', 'javascript:', ''),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.constantFrom('', '@', ':', '/', '\\', '#', '?', '%00', '..'),
        fc.string({ unit: 'binary', maxLength: 40 }),
      )
      .map((parts) => parts.join('')),
  );

  test('whatever the text, what gets through is plain https in ASCII, to one public host, and stays the same', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('app' as const, 'person' as const), (text, from) => {
        const checked = checkedUrl(text, from);
        if (checked.status === 'refused') return;
        const { url, host, encrypted } = checked;
        expect(url).toMatch(/^https?:\/\/[!-~]+$/);
        expect(url.length).toBeLessThanOrEqual(2048);
        const { protocol, username, password, host: parsed } = new URL(url);
        expect([username, password, parsed]).toEqual(['', '', host]);
        expect(protocol).toBe(encrypted ? 'https:' : 'http:');
        expect(url.split('/')[2]).toBe(host);
        if (from === 'app') expect([encrypted, host.includes('.')]).toEqual([true, true]);
        expect(checkedUrl(url, from)).toEqual(checked);
      }),
      { numRuns: 2000 },
    );
  });
});
