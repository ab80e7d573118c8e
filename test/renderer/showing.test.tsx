import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { TurnedAwayLines } from '../../renderer/health/TurnedAwayLines.tsx';
import { HeaderList } from '../../renderer/payload/HeaderList.tsx';
import { hexLines } from '../../renderer/payload/hex.ts';
import { importWords } from '../../renderer/settings/import-words.ts';
import { KeptFor } from '../../renderer/settings/KeptFor.tsx';
import { finalWords, lossWords } from '../../renderer/settings/loss-words.ts';
import { pipeWords } from '../../renderer/shell/pipe-words.ts';
import { changeOf, draftOf, emptyForm, fieldOf, formOf } from '../../renderer/sources/draft.ts';
import { SourceFacts } from '../../renderer/sources/SourceFacts.tsx';
import { Delivery } from '../../renderer/timeline/Delivery.tsx';
import { chipsOf } from '../../renderer/timeline/entry-words.ts';
import { Summary } from '../../renderer/timeline/Summary.tsx';
import { Verification } from '../../renderer/timeline/Verification.tsx';
import { TimeWords } from '../../renderer/ui/Ago.tsx';
import { count, list, size } from '../../renderer/words.ts';
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
  locked: false,
  lastDelivery: null,
  tests: 0,
  accepted: 0,
  rejected: 0,
};

test('a time says both how long ago and exactly when', () => {
  const markup = renderToStaticMarkup(<TimeWords at={noon - hour} now={noon} />);
  expect(markup).toContain('1 h ago');
  expect(markup).toContain('dateTime="2026-11-21T11:00:00.000Z"');
  expect(markup).toContain('title="Sat, 21 Nov 2026');
});

test('a masked header is dots, and says so to who cannot see them', () => {
  const markup = renderToStaticMarkup(
    <HeaderList headers={[{ name: 'authorization', value: 'Bearer s3cret', masked: true }]} />,
  );
  expect(markup).not.toContain('s3cret');
  expect(markup).toContain('••••••••');
  expect(markup).toContain('Hidden');
});

test('what an import left out is said, and not shown as if it had come', () => {
  const headers = [{ name: 'x-signature', value: '', masked: true }];
  const leftOut = 'leaves out what is dots here';
  expect(renderToStaticMarkup(<HeaderList headers={headers} isImported />)).toContain(leftOut);
  expect(renderToStaticMarkup(<HeaderList headers={headers} />)).not.toContain(leftOut);
});

test('an imported entry says so, and claims no more of its check than is known', () => {
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
    textOf(<Summary entry={{ ...unrecognized('tax.ready'), proof }} facts={[]} onCopy={noCopy} />);
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

test('a signed body that is no JSON is said to be that, on its row and in its detail', () => {
  const entry = { ...unrecognized(null), unreadable: 'not-json' as const };
  expect(titleOf(entry, 'Kryptos')).toBe('Kryptos sent something that cannot be read');
  expect(summaryOf(entry)).toBe('The body is not JSON');
  const detail = textOf(<Summary entry={entry} facts={[]} onCopy={noCopy} />);
  expect(detail).toContain('The body is not JSON, so nothing can be told of it.');
  expect(detail).not.toContain('None was given');
});

test('an event that says nothing of the health of its account claims nothing of before', () => {
  const account = { id: 'w1', name: 'Binance', health: 'unchanged' as const };
  const detail = textOf(<Summary entry={entryOf({ account })} facts={[]} onCopy={noCopy} />);
  expect(detail).toContain('This event does not tell');
  expect(detail).not.toContain('As before');
});

test('a time of the provider that is not known is not said to be missing', () => {
  const shownOf = (entry: TimelineEntry) => textOf(<Delivery entry={entry} onCopy={noCopy} />);
  expect(shownOf(entryOf({ occurredAt: null }))).toContain("Provider's time None that can be read");
  expect(shownOf(unrecognized('tax.ready'))).toContain("Provider's time Not read");
});

test('what is imported is not said to be decided later', () => {
  const shownOf = (importedAt?: number) =>
    textOf(
      <Delivery
        entry={entryOf({}, importedAt === undefined ? {} : { importedAt })}
        onCopy={noCopy}
      />,
    );
  expect(shownOf(noon)).toContain('Not known: the export does not tell');
  expect(shownOf(noon)).not.toContain('Not decided yet');
  expect(shownOf()).toContain('Not decided yet');
});

test('what has only just begun is not said to be so since just now', () => {
  const lastingOf = (at: number) => textOf(<TimeWords at={at} now={noon} form="lasting" />).trim();
  expect(lastingOf(noon - 1000)).toBe('for less than a minute');
  expect(lastingOf(noon - 3 * hour)).toBe('for 3 h');
  expect(lastingOf(noon - 240 * hour)).toBe('since 11 Nov 2026');
});

test('an entry that reports what another did says so on its row', () => {
  const entry = entryOf({}, { notes: ['Seen by 2 connections', reportedBefore] });
  expect(chipsOf(entry)[0]?.words).toBe('Reported before');
  const detail = textOf(<Summary entry={entry} facts={[]} onCopy={noCopy} />);
  expect(detail).toContain('Seen by 2 connections');
  expect(detail.split(reportedBefore)).toHaveLength(2);
});

test('whatever is not signed has a chip that says so, whatever else was checked', () => {
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
    { status: 'called-off', ...counts },
  ],
  [
    'Stopped: 3,211 of 10,000 events were read. The disk is full. Import the same file to read the rest. Events are kept for 365 days from now on.',
    { status: 'stopped', ...counts, keptForDays: 365, message: 'The disk is full.' },
  ],
  [
    '3,000 events read, 211 were here already, 1 rejected delivery left out. 2 of their sources are not set up here. Restore settings brings their names.',
    { status: 'done', ...counts, rejected: 1, strangeSources: 2 },
  ],
  [
    '1 event read.',
    { status: 'done', ...counts, entries: 1, known: 0, rejected: 0, strangeSources: 0 },
  ],
])('an import is told: %s', (words, result) => {
  expect(importWords(result)).toBe(words);
});

test('the delivery tab tells repeats and why nothing popped up', () => {
  const entry = entryOf(
    {},
    { repeats: 2, notification: { shown: false, why: 'Already announced.' } },
  );
  const markup = renderToStaticMarkup(<Delivery entry={entry} onCopy={async () => {}} />);
  expect(markup).toContain('3 times');
  expect(markup).toContain('Not shown. Already announced.');
});

test('a source that waits says for what, and one that was refused says why', () => {
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

test('what was turned away is told with how often and when last (R5.2)', () => {
  const markup = renderToStaticMarkup(
    <TurnedAwayLines turnedAway={[{ why: 'wrong-host', times: 1200, tests: 0, lastAt: noon }]} />,
  );
  const withTest = renderToStaticMarkup(
    <TurnedAwayLines turnedAway={[{ why: 'locked', times: 3, tests: 1, lastAt: noon }]} />,
  );
  expect(withTest).toContain('3 times, 1 test among them, last');
  expect(markup).toContain('Sent to another name for this computer');
  expect(markup).toContain('1,200 times, last');
  expect(markup).toContain('dateTime="2026-11-21T12:00:00.000Z"');
});

test('a provider without addresses or client id is not asked for them', () => {
  expect(draftOf(kryptos, { ...emptyForm(' Main '), secret: ' whsec ' })).toEqual({
    provider: 'kryptos',
    name: 'Main',
    secrets: ['whsec'],
    clientId: null,
    allowedAddresses: null,
  });
});

test('an address list is read however it was pasted', () => {
  const vezgo = { ...kryptos, publishedAddresses: ['52.60.234.183'] };
  const form = { ...emptyForm('V'), addressRule: 'only' as const, addresses: '1.2.3.4, 5.6.7.8\n' };
  expect(draftOf(vezgo, form).allowedAddresses).toEqual(['1.2.3.4', '5.6.7.8']);
  expect(draftOf(vezgo, { ...form, addressRule: 'any' }).allowedAddresses).toEqual([]);
});

test('a secret that was not touched is not sent', () => {
  const form = formOf(source);
  expect(changeOf(source, kryptos, form)).toEqual({ id: 'main', name: 'Main account' });
  expect(changeOf(source, kryptos, { ...form, secretRule: 'rotate', secret: 'new' })).toMatchObject(
    { newSecret: 'new' },
  );
  expect(
    changeOf(source, kryptos, { ...form, secretRule: 'replace', secret: 'new' }).secrets,
  ).toEqual(['new']);
});

test('an answer about a field is shown at that field', () => {
  expect(
    ['name', 'secrets.0', 'newSecret', 'clientId', 'allowedAddresses.1', 'odd'].map(fieldOf),
  ).toEqual(['name', 'secret', 'secret', 'clientId', 'addresses', 'form']);
});

test('bytes that are no text are shown with their places', () => {
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
      why: { title: 'No network', remedy: 'Is this computer online?' },
      retryAt: null,
    }).word,
  ).toBe('Offline');
});

test('the room for the history is chosen by age, number and size, also where it was set elsewhere', () => {
  const markup = renderToStaticMarkup(
    <KeptFor
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

test('what would be removed is told with its number and date, and what cannot be read apart', () => {
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
