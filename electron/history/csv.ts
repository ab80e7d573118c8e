import type { TimelineEntry } from '../../shared/timeline.ts';

const columns = [
  'received',
  'provider',
  'source',
  'kind',
  'type',
  'title',
  'summary',
  'severity',
  'occurred',
  'proof',
  'simulated',
  'read',
];

/** A spreadsheet takes a cell that begins with one of these for a formula; strangers write our titles. */
const formula = /^[=+\-@\t\r]/;

const cell = (value: string): string => {
  const harmless = formula.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** Entries as a table for spreadsheets, without headers and bodies (RFC 4180). */
export async function* csvLines(entries: AsyncIterable<TimelineEntry>): AsyncGenerator<string> {
  yield row(columns);
  for await (const entry of entries) {
    const told =
      entry.status === 'event'
        ? [
            entry.event.kind,
            entry.event.type,
            entry.event.title,
            entry.event.summary,
            entry.event.severity,
            iso(entry.event.occurredAt),
          ]
        : ['unrecognized', entry.type ?? '', '', '', '', ''];
    yield row([
      ...[iso(entry.receivedAt), entry.provider, entry.sourceId, ...told, entry.proof.status],
      ...[String(entry.simulated), String(entry.seen)],
    ]);
  }
}
