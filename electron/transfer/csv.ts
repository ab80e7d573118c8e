import type { Fact } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { StoredEntry } from '../history/record.ts';
import type { Mask } from '../masking.ts';

/** Columns for event details, by the labels of the details. */
export const detailColumns: readonly (readonly [column: string, labels: readonly string[]])[] = [
  ['asset', ['NFT', 'NFT 1', 'NFT 2', 'NFT 3']],
  ['token', ['Token']],
  ['contract', ['Contract']],
  ['collection', ['Collection']],
  ['quantity', ['Quantity']],
  ['chain', ['Chain']],
  ['price', ['Price']],
  ['from', ['From', 'From your wallet']],
  ['to', ['To', 'To your wallet']],
  ['address', ['Address']],
  ['transaction', ['Transaction']],
  ['user', ['User', 'User id']],
  ['workspace', ['Workspace']],
  ['grant', ['Grant']],
  ['delivery id', ['Delivery id']],
];

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
  'account',
  'account id',
  ...detailColumns.map(([column]) => column),
  'id',
];

/** Excel needs a byte-order mark to read UTF-8. */
const byteOrderMark = '\uFEFF';

const formulaSigns = '=+\\-@＝＋－＠﹦﹢﹣﹫';
/** A spreadsheet runs a cell that begins like this as a formula, and titles contain foreign text. */
const formula = new RegExp(`^(?:\\s*[${formulaSigns}]|[\\t\\r\\n])`);
/** Some systems separate cells by semicolon or tab. */
const laterFormula = new RegExp(`([;\\t]\\s*)(?=[${formulaSigns}])`, 'g');

const cell = (value: string): string => {
  const inner = value.replace(laterFormula, "$1'");
  const harmless = formula.test(inner) ? `'${inner}` : inner;
  return /[",;\t\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** Entries as a table for spreadsheets, without headers and bodies (RFC 4180, UTF-8 with a byte-order mark). */
export async function* csvLines(
  entries: AsyncIterable<Pick<StoredEntry, 'entry' | 'facts'>>,
  masking: Mask,
): AsyncGenerator<string> {
  yield `${byteOrderMark}${row(columns)}`;
  for await (const { entry, facts } of entries)
    yield row([
      iso(entry.receivedAt),
      entry.provider,
      entry.sourceId,
      ...eventCells(entry).map(masking),
      ...detailsOf(entry.status === 'event' ? facts() : []).map(masking),
      entry.id,
    ]);
}

const eventCells = (entry: TimelineEntry): string[] => {
  const marks = [entry.proof.status, String(entry.simulated), String(entry.seen)];
  if (entry.status === 'unrecognized')
    return ['unrecognized', entry.type ?? '', '', '', '', '', ...marks, '', ''];
  const { kind, type, title, summary, severity, occurredAt, account } = entry.event;
  return [
    kind,
    type,
    title,
    summary,
    severity,
    iso(occurredAt),
    ...marks,
    account?.name ?? '',
    account?.id ?? '',
  ];
};

const detailsOf = (facts: readonly Fact[]): string[] =>
  detailColumns.map(([, labels]) =>
    facts
      .flatMap((fact) => (fact.form !== 'time' && labels.includes(fact.label) ? fact.value : []))
      .join('; '),
  );
