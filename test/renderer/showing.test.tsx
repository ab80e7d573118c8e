import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { RefusalLines } from '../../renderer/health/RefusalLines.tsx';
import { HeaderList } from '../../renderer/payload/HeaderList.tsx';
import { hexLines } from '../../renderer/payload/hex.ts';
import { RetentionSettings } from '../../renderer/settings/RetentionSettings.tsx';
import { changeOf, draftOf, emptyForm, fieldOf, formOf } from '../../renderer/sources/draft.ts';
import { SourceFacts } from '../../renderer/sources/SourceFacts.tsx';
import { Delivery } from '../../renderer/timeline/Delivery.tsx';
import { chipsOf } from '../../renderer/timeline/entry-words.ts';
import { Summary } from '../../renderer/timeline/Summary.tsx';
import { Verification } from '../../renderer/timeline/Verification.tsx';
import { TimeWords } from '../../renderer/ui/Ago.tsx';
import { importWords } from '../../renderer/words/imports.ts';
import { finalWords, lossWords } from '../../renderer/words/losses.ts';
import { pipeWords } from '../../renderer/words/pipe.ts';
import { count, list, size } from '../../shared/english.ts';
import type { Proof } from '../../shared/event.ts';
import { summaryOf, titleOf } from '../../shared/matching.ts';
import { reportedBefore } from '../../shared/notes.ts';
import type { Source } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { ImportResult } from '../../shared/transfer.ts';
import { entryOf, hour, kryptos, noon, unrecognized } from './entries.ts';

const source: Source = {
  id: 'main',
  provider: 'kryptos',
  name: 'Main account',
  maskedEndpoint: 'http://127.0.0.1:4747/hooks/kryptos/k3Jd…9xQ',
  secretCount: 1,
  clientId: null,
  allowedAddresses: null,
  linkTemplate: null,
  locked: false,
  lastDelivery: null,
  rhythm: { status: 'learning' },
  tests: 0,
  accepted: 0,
  rejected: 0,
  lastAcceptedAt: null,
  lastTestAt: null,
  days: [],
};

test('a time shows how long ago and exactly when', () => {
  const markup = renderToStaticMarkup(<TimeWords at={noon - hour} now={noon} />);
  expect(markup).toContain('1 h ago');
  expect(markup).toContain('dateTime="2026-11-21T11:00:00.000Z"');
  expect(markup).toContain('title="Sat, 21 Nov 2026');
});

test('a masked header is dots, with words for screen readers', () => {
  const markup = renderToStaticMarkup(
    <HeaderList headers={[{ name: 'authorization', value: 'Bearer s3cret', masked: true }]} />,
  );
  expect(markup).not.toContain('s3cret');
  expect(markup).toContain('••••••••');
  expect(markup).toContain('Hidden');
});

test('headers that an export leaves out are named as left out', () => {
  const headers = [{ name: 'x-signature', value: '', masked: true }];
  const leftOut = 'leaves out what is dots here';
  expect(renderToStaticMarkup(<HeaderList headers={headers} isImported />)).toContain(leftOut);
  expect(renderToStaticMarkup(<HeaderList headers={headers} />)).not.toContain(leftOut);
});

test('an imported entry is marked as imported, and claims only the checks that are known', () => {
  const shownOf = (more: Parameters<typeof entryOf>[1]) =>
    renderToStaticMarkup(
      <Verification entry={entryOf({}, more)} verification={{ checked: [], unproven: [] }} />,
    );
  const trusted = { status: 'trusted', clientId: 'not-told', address: 'not-told' } as const;
  expect(shownOf({})).not.toContain('export');
  expect(shownOf({ importedAt: noon })).toContain('nothing could be checked again');
  expect(shownOf({ importedAt: noon })).toContain('the newest when it came');
  expect(shownOf({ importedAt: noon, proof: { status: 'verified', secret: null } })).toContain(
    'fits a secret of the source.',
  );
  expect(shownOf({ importedAt: noon, proof: trusted })).toContain(
    'What else was checked is not known.',
  );
  const delivery = renderToStaticMarkup(
    <Delivery entry={entryOf({}, { importedAt: noon })} onCopy={async () => {}} />,
  );
  expect(delivery).toContain('Read from an export');
});

const textOf = (element: ReactElement) =>
  renderToStaticMarkup(element)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');
const noCopy = async () => {};
const unsigned = { status: 'trusted', clientId: 'not-used', address: 'not-used' } as const;

test('only what a signature proves is called genuine', () => {
  const detailOf = (proof: Proof) =>
    textOf(
      <Summary
        entry={{ ...unrecognized('tax.ready'), proof }}
        facts={[]}
        places={[]}
        onCopy={noCopy}
      />,
    );
  expect(detailOf({ status: 'verified', secret: 0 })).toContain('genuine: its signature fits');
  expect(detailOf(unsigned)).not.toContain('genuine');
  expect(detailOf(unsigned)).toContain('no signature proves who sent it');
  const verdict = textOf(
    <Verification
      entry={entryOf({}, { proof: unsigned })}
      verification={{ checked: [], unproven: [] }}
    />,
  );
  expect(verdict).toContain('not signed');
  expect(verdict).not.toContain('everything else');
});

test('a signed body that is no JSON is named so on its row and in its detail', () => {
  const entry = { ...unrecognized(null), unreadable: 'not-json' as const };
  expect(titleOf(entry, 'Kryptos')).toBe('Kryptos sent something that cannot be read');
  expect(summaryOf(entry)).toBe('The body is not JSON');
  const detail = textOf(<Summary entry={entry} facts={[]} places={[]} onCopy={noCopy} />);
  expect(detail).toContain('The body is not JSON, so nothing can be told of it.');
  expect(detail).not.toContain('None was given');
});

test("an event without a word on its account's health claims none", () => {
  const account = { id: 'w1', name: 'Binance', health: 'unchanged' as const };
  const detail = textOf(
    <Summary entry={entryOf({ account })} facts={[]} places={[]} onCopy={noCopy} />,
  );
  expect(detail).not.toMatch(/Works|Fails/);
  expect(detail).not.toContain('As before');
});

test('an unread time of the provider is not shown as missing', () => {
  const shownOf = (entry: TimelineEntry) => textOf(<Delivery entry={entry} onCopy={noCopy} />);
  expect(shownOf(entryOf({ occurredAt: null }))).toContain("Provider's time None that can be read");
  expect(shownOf(unrecognized('tax.ready'))).toContain("Provider's time Not read");
});

test('an imported entry shows no pending notification', () => {
  const shownOf = (importedAt?: number) =>
    textOf(
      <Delivery
        entry={entryOf({}, importedAt === undefined ? {} : { importedAt })}
        onCopy={noCopy}
      />,
    );
  expect(shownOf(noon)).toContain('Not known: the export does not say');
  expect(shownOf(noon)).not.toContain('it waits for its turn');
  expect(shownOf()).toContain('it waits for its turn');
});

test('a state that has just begun lasts for less than a minute', () => {
  const lastingOf = (at: number) => textOf(<TimeWords at={at} now={noon} form="lasting" />).trim();
  expect(lastingOf(noon - 1000)).toBe('for less than a minute');
  expect(lastingOf(noon - 3 * hour)).toBe('for 3 h');
  expect(lastingOf(noon - 240 * hour)).toBe('since 11 Nov 2026');
});

test('an entry that reports what another has reported has a chip', () => {
  const entry = entryOf({}, { notes: ['Seen by 2 connections', reportedBefore] });
  expect(chipsOf(entry)[0]?.words).toBe('Reported before');
  const detail = textOf(<Summary entry={entry} facts={[]} places={[]} onCopy={noCopy} />);
  expect(detail).toContain('Seen by 2 connections');
  expect(detail.split(reportedBefore)).toHaveLength(2);
});

test('an unsigned entry has a chip, whatever else was checked', () => {
  const chips = (proof: Proof) => chipsOf(entryOf({}, { proof })).map(({ words }) => words);
  expect(chips({ status: 'trusted', clientId: 'matched', address: 'not-used' })).toEqual([
    'Not signed',
  ]);
  expect(chips(unsigned)).toEqual(['Not signed']);
  expect(chips({ status: 'verified', secret: 0 })).toEqual([]);
});

const counts = { entries: 3000, known: 211, of: 10_000, keptForDays: null };

test.each<[string, ImportResult]>([
  [
    'Called off: 3,211 of 10,000 events were read. Import the same file to read the rest.',
    { status: 'cancelled', ...counts },
  ],
  [
    'Stopped: 3,211 of 10,000 events were read. The disk is full. Import the same file to read the rest. Events are kept for 365 days from now on.',
    { status: 'stopped', ...counts, keptForDays: 365, message: 'The disk is full.' },
  ],
  [
    '3,000 events read, 211 were here already, 1 rejected delivery left out. 2 of their sources are not set up here. Restore settings brings their names.',
    { status: 'done', ...counts, rejected: 1, unknownSources: 2 },
  ],
  [
    '1 event read.',
    { status: 'done', ...counts, entries: 1, known: 0, rejected: 0, unknownSources: 0 },
  ],
])('an import in words: %s', (words, result) => {
  expect(importWords(result)).toBe(words);
});

test('the delivery tab shows the duplicates and why no notification came', () => {
  const entry = entryOf(
    {},
    { duplicates: 2, notification: { shown: false, why: 'Already announced.' } },
  );
  const markup = renderToStaticMarkup(<Delivery entry={entry} onCopy={async () => {}} />);
  expect(markup).toContain('3 times');
  expect(markup).toContain('Not shown. Already announced.');
});

test('a waiting source names what it waits for, a rejected one the reason', () => {
  const facts = (of: Source) =>
    renderToStaticMarkup(<SourceFacts source={of} provider={kryptos} />);
  expect(facts(source)).toContain('Waiting for the first Kryptos delivery');
  expect(
    facts({
      ...source,
      lastDelivery: { outcome: 'rejected', at: noon, reason: 'signature-wrong' },
    }),
  ).toContain('Last rejected: signature wrong');
  expect(facts({ ...source, lastDelivery: { outcome: 'wrong-path', at: noon } })).toContain(
    'Something was posted to a wrong Kryptos URL',
  );
});

test('a source says how often it comes, and a silent one since when and why that may be', () => {
  const facts = (rhythm: Source['rhythm'], accepted = 9) =>
    renderToStaticMarkup(
      <SourceFacts
        source={{ ...source, accepted, rhythm }}
        provider={{ ...kryptos, silenceCauses: ['A grant was revoked.'] }}
      />,
    );
  expect(facts({ status: 'learning' }, 0)).not.toContain('Rhythm');
  expect(facts({ status: 'learning' })).toContain('Not known yet');
  expect(facts({ status: 'regular', usualMs: 24 * hour })).toContain('Comes about daily');
  expect(facts({ status: 'irregular', usualMs: 192 * hour })).toContain(
    'Comes about every 8 days, too seldom',
  );
  const silent = facts({ status: 'silent', since: noon, usualMs: 24 * hour });
  expect(silent).toContain('it came about daily before.');
  expect(silent).toContain('<li>A grant was revoked.</li>');
});

test('a refusal is shown with its count and its last time (R5.2)', () => {
  const markup = renderToStaticMarkup(
    <RefusalLines refusals={[{ why: 'wrong-host', times: 1200, tests: 0, lastAt: noon }]} />,
  );
  const withTest = renderToStaticMarkup(
    <RefusalLines refusals={[{ why: 'locked', times: 3, tests: 1, lastAt: noon }]} />,
  );
  expect(withTest).toContain('3 times, 1 test among them, last');
  expect(markup).toContain('Sent to another name for this computer');
  expect(markup).toContain('1,200 times, last');
  expect(markup).toContain('dateTime="2026-11-21T12:00:00.000Z"');
});

test('a draft holds no addresses and no client id where the provider has none', () => {
  expect(draftOf(kryptos, { ...emptyForm(' Main '), secret: ' whsec ' })).toEqual({
    provider: 'kryptos',
    name: 'Main',
    secrets: ['whsec'],
    clientId: null,
    allowedAddresses: null,
    linkTemplate: null,
  });
});

test('an address list may be separated by commas, spaces or lines', () => {
  const vezgo = { ...kryptos, publishedAddresses: ['52.60.234.183'] };
  const form = { ...emptyForm('V'), addressRule: 'only' as const, addresses: '1.2.3.4, 5.6.7.8\n' };
  expect(draftOf(vezgo, form).allowedAddresses).toEqual(['1.2.3.4', '5.6.7.8']);
  expect(draftOf(vezgo, { ...form, addressRule: 'any' }).allowedAddresses).toEqual([]);
});

test('an untouched secret is not sent', () => {
  const form = formOf(source);
  expect(changeOf(source, kryptos, form)).toEqual({ id: 'main', name: 'Main account' });
  expect(changeOf(source, kryptos, { ...form, secretRule: 'rotate', secret: 'new' })).toMatchObject(
    { newSecret: 'new' },
  );
  expect(
    changeOf(source, kryptos, { ...form, secretRule: 'replace', secret: 'new' }).secrets,
  ).toEqual(['new']);
});

test('an error of a field is shown at that field', () => {
  expect(
    (
      [
        ...(['name', 'secrets', 'newSecret', 'clientId'] as const),
        ...(['allowedAddresses', 'linkTemplate', 'provider'] as const),
      ] as const
    ).map(fieldOf),
  ).toEqual(['name', 'secret', 'secret', 'clientId', 'addresses', 'linkTemplate', 'form']);
});

test('bytes that are no text are shown with their offsets', () => {
  expect(hexLines('7b2261227d00')).toBe(
    '00000000  7b 22 61 22 7d 00                                {"a"}.',
  );
});

test('every state of the pipe has a word and a meaning', () => {
  expect(pipeWords({ status: 'local-only', port: 4747 })).toMatchObject({
    word: 'Local only',
    place: '127.0.0.1:4747',
  });
  expect(
    pipeWords({
      status: 'offline',
      since: noon,
      why: { code: 'unreachable', title: 'No network', remedy: 'Is this computer online?' },
      retryAt: null,
    }).word,
  ).toBe('Offline');
});

test('retention is chosen by age, number and size, values set elsewhere among them', () => {
  const markup = renderToStaticMarkup(
    <RetentionSettings
      app={{
        entries: 12,
        retention: { days: 90, entries: 200_000, bytes: 1_073_741_824 },
        storage: { bytes: 1_048_576, oldestAt: noon },
      }}
    />,
  );
  const words = markup.replaceAll(/<[^>]+>/g, ' ');
  expect(words).toMatch(/10,000 events\s+100,000 events\s+200,000 events\s+1,000,000 events/);
  expect(markup).toMatch(/aria-pressed="true"[^>]*>200,000 events/);
  for (const choice of ['90 days', '1,024 MiB']) expect(words).toContain(choice);
});

test('a loss is worded with its number and date, unreadable events apart', () => {
  const loss = { events: 12_345, unreadable: 0, until: noon, upTo: 12_345 };
  expect(`${lossWords(loss)} will be removed. ${finalWords(loss)}`).toBe(
    '12,345 events until 21 Nov 2026 will be removed. They cannot be brought back, but can be exported first.',
  );
  expect(lossWords({ ...loss, unreadable: 256 })).toBe(
    '12,345 events until 21 Nov 2026, and 256 that cannot be read,',
  );
  const lost = { ...loss, events: 0, unreadable: 1 };
  expect(`${lossWords(lost)} will be removed. ${finalWords(lost)}`).toBe(
    '1 event until 21 Nov 2026 that cannot be read will be removed. It cannot be brought back.',
  );
});

test('counts, lists and sizes read as a person would say them', () => {
  expect(count(1, 'event')).toBe('1 event');
  expect(count(1204, 'event')).toBe('1,204 events');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect([size(1), size(812), size(2048)]).toEqual(['1 byte', '812 bytes', '2.0 KiB']);
});
