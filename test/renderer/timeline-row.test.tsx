import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { chipsOf } from '../../renderer/timeline/entry-words.ts';
import { Summary } from '../../renderer/timeline/Summary.tsx';
import { TimelineRow } from '../../renderer/timeline/TimelineRow.tsx';
import type { Fact } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { day, entryOf, kryptos, minute, noon, unrecognized } from './entries.ts';

const row = (entry: TimelineEntry, needles: string[] = []): string =>
  renderToStaticMarkup(
    <TimelineRow
      entry={entry}
      sourceName="Main account"
      providers={[kryptos]}
      selected={false}
      needles={needles}
      onOpen={() => {}}
    />,
  );

const words = (entry: TimelineEntry): string[] => chipsOf(entry).map((chip) => chip.words);

test('a row shows what happened, to whom and its severity', () => {
  const markup = row(entryOf({}, { seen: false }));
  for (const part of [
    'Binance could not sync',
    'Main account',
    'API key refused',
    'Error.',
    'Unread.',
  ]) {
    expect(markup).toContain(part);
  }
});

test('hostile text stays text', () => {
  const title = '<img src=x onerror=alert(1)> https://evil.example javascript:alert(1)';
  const markup = row(entryOf({ title, summary: '<script>alert(1)</script>' }));
  expect(markup).not.toMatch(/<img|<script|<a |href/);
  expect(markup).toContain('&lt;img');
});

test('a bidirectional override is shown by its name and cannot reorder the line', () => {
  const markup = row(entryOf({ summary: 'invoice\u202egpj.exe\u0007' }));
  expect(markup).not.toMatch(/[\u202e\u0007]/);
  expect(markup).toContain('U+202E');
  expect(markup).toContain('U+0007');
});

test('the isolates that main puts around names are not shown', () => {
  expect(row(entryOf({ title: '\u2068بورصة\u2069 synced' }))).not.toContain('U+2068');
});

test('an unknown type is shown as it was sent', () => {
  const markup = row(unrecognized('tax\u2066.ready'));
  expect(markup).toContain('Kryptos sent something this app does not know');
  expect(markup).toContain('U+2066');
});

test('a row has at most one chip, the gravest', () => {
  const entry = entryOf({}, { conflicts: true, simulated: true, duplicates: 2 });
  expect(words(entry)).toEqual(['Conflict', 'Simulated', '×3']);
  expect(row(entry)).toContain('Conflict');
  expect(row(entry)).not.toContain('Simulated');
});

test.each([
  [{ status: 'verified', secret: 0 } as const, []],
  [{ status: 'trusted', clientId: 'not-used', address: 'not-used' } as const, ['Not signed']],
  [{ status: 'trusted', clientId: 'matched', address: 'allowed' } as const, []],
  [
    { status: 'trusted', clientId: 'matched', address: 'unknown' } as const,
    ['Address not checked'],
  ],
])('proof %j leads to the chips %j', (proof, chips) => {
  expect(words(entryOf({}, { proof }))).toEqual(chips);
});

test('a late event says how late it is', () => {
  expect(words(entryOf({ occurredAt: noon - 41 * minute }))).toEqual(['Late 41 min']);
  expect(words(entryOf({ occurredAt: noon - minute }))).toEqual([]);
  expect(words(entryOf({ occurredAt: noon + 3 * day }))).toEqual(['Dated ahead']);
});

test('a search hit is marked in its text, and stays text', () => {
  const markup = row(entryOf({ title: '<b>Zürich</b> synced' }), ['zurich', 'syn']);
  expect(markup).toMatch(/&lt;b&gt;<mark[^>]*>Zürich<\/mark>&lt;\/b&gt; <mark[^>]*>syn<\/mark>ced/);
});

test('a row found by a fact shows the fact, cut to its hit', () => {
  const hash = `0x${'9a'.repeat(32)}c0ffee42`;
  const entry = entryOf({}, { found: { label: 'Transaction', value: hash } });
  expect(row(entry, ['c0ffee42'])).toMatch(/Transaction .*…9a9a9a9a<mark[^>]*>c0ffee42<\/mark>/);
  expect(row(entry, ['c0ffee42'])).not.toContain('API key refused');
  expect(row(entryOf(), ['binance'])).toContain('API key refused');
});

test('the summary shows facts as text and notes as notes', () => {
  const entry = entryOf({}, { notes: ['The block was reorganised.'] });
  const facts: Fact[] = [{ form: 'code', label: 'Wallet', value: '<b>0x95</b>' }];
  const markup = renderToStaticMarkup(
    <Summary entry={entry} facts={facts} places={[]} onCopy={async () => {}} />,
  );
  expect(markup).toContain('&lt;b&gt;0x95');
  expect(markup).toContain('aria-label="Copy wallet"');
  expect(markup).toContain('The block was reorganised.');
});
