import { expect, test } from 'vitest';
import { csvLines, detailColumns } from '../../electron/transfer/csv.ts';
import type { Fact } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { kryptos, sample, simplehash, verified, vezgo } from '../providers/samples.ts';
import { fixtures } from '../support/fixtures.ts';

const entry = (title: string, summary = ''): TimelineEntry => ({
  id: '00000000-0000-4000-8000-000000000001',
  seq: 1,
  receivedAt: 0,
  status: 'event',
  sourceId: 's',
  provider: 'kryptos',
  proof: verified,
  simulated: false,
  conflicts: false,
  seen: false,
  duplicates: 0,
  notes: [],
  notification: null,
  event: {
    kind: 'sync.failed',
    type: 't',
    title,
    summary,
    severity: 'error',
    occurredAt: null,
    account: { id: '=id', name: '@name', health: 'failing' },
  },
});

/** A reader of RFC 4180: rows of cells. */
const cellsIn = (table: string): string[][] =>
  table
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );

const tableOf = async (one: TimelineEntry, facts: readonly Fact[] = []): Promise<string> => {
  let table = '';
  const all = async function* () {
    yield { entry: one, facts: () => facts };
  };
  for await (const line of csvLines(all(), (text) => text)) table += line;
  return table;
};

const columnsOf = async (one: TimelineEntry, facts: readonly Fact[] = []) => {
  const [names = [], values = []] = cellsIn((await tableOf(one, facts)).slice(1));
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
};

test('a table begins with a byte-order mark for Excel', async () => {
  expect(await tableOf(entry('Ünïcode'))).toMatch(/^\uFEFFreceived,[^\uFEFF]*Ünïcode[^\uFEFF]*$/);
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '＝1',
  '＋1',
  '－1',
  '＠A',
  '﹦1',
  '\t=1',
  '\r=1',
  ' =1',
])('a cell that would be a formula is defused: %j (P6)', async (title) => {
  expect((await columnsOf(entry(title))).title).toMatch(/^'/);
  expect((await columnsOf(entry(title))).title?.replaceAll("'", '')).toBe(title);
});

test('text after a semicolon or tab cannot begin a formula (P6)', async () => {
  expect((await columnsOf(entry('a;=1+1', 'b\t@x; -2 ;c'))).title).toBe("a;'=1+1");
  expect((await columnsOf(entry('a', 'b\t@x; -2 ;c'))).summary).toBe("b\t'@x; '-2 ;c");
});

test('a recorded delivery fills every detail column', async () => {
  const facts = fixtures.flatMap(({ file }) => {
    const provider = [kryptos, vezgo, simplehash].find(({ id }) => file.startsWith(id));
    const delivery = sample(file);
    const text = Buffer.from(delivery.body).toString();
    // No recorded delivery names its collection.
    const body = text.replace('"contract_address":', '"collection_id":"c","contract_address":');
    const whole = { ...delivery, body: Buffer.from(body) };
    return [...(provider?.understand(whole, verified).facts() ?? [])];
  });
  const columns = await columnsOf(entry('a'), facts);
  for (const [column] of detailColumns) expect(columns[column], column).not.toBe('');
  expect(columns).toMatchObject({ account: "'@name", 'account id': "'=id" });
  expect(columns.id).toBe('00000000-0000-4000-8000-000000000001');
});
