import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../electron/notifications/policy.ts';
import { providers } from '../electron/providers/index.ts';
import type { Provider } from '../electron/providers/provider.ts';
import type { ProviderEvent } from '../shared/event.ts';
import { kinds } from '../shared/kinds.ts';
import { delivery, sample, verified } from './providers/samples.ts';
import { entryOf } from './renderer/entries.ts';
import { fixtures } from './support/fixtures.ts';
import { textOf } from './support/imports.ts';

const file = 'README.md';
const marks = ['<!-- providers: test/readme.test.ts -->', '<!-- /providers -->'] as const;
const update = `HOOKBELL_UPDATE=1 npx vitest run --config test/vitest.config.ts --project unit test/readme.test.ts`;

const zeros = (digits: number): string => '0'.repeat(digits);

type Seen = { readonly event: ProviderEvent; readonly testedWith: string | null };

/** What becomes of every recorded delivery of a provider, and of everything that its simulator makes. */
const seenOf = (provider: Provider): Seen[] => {
  const recorded = fixtures
    .filter((fixture) => fixture.provider === provider.id)
    .map(({ file, data }) => ({ from: sample(file), testedWith: data }));
  const simulated = provider.simulations.map(({ make }) => {
    const context = { secret: null, clientId: null, now: Date.now(), hex: zeros };
    return { from: delivery(make(context)), testedWith: null };
  });
  return [...recorded, ...simulated].flatMap(({ from, testedWith }) => {
    const { reading } = provider.understand(from, verified);
    return reading.status === 'event' ? [{ event: reading.event, testedWith }] : [];
  });
};

const proofs: Record<Provider['info']['secret'], string> = {
  required: 'signature',
  optional: 'signature, or the token alone without a secret',
  none: 'token, client id and address; not signed',
};

/** Without what came before it: of a failing account the first failure is announced. */
const isAnnounced = (event: ProviderEvent): boolean =>
  decide(entryOf(event), { status: 'none' }, { rules: [], sourceName: '' }).notify;

const wordsFor = (answers: readonly boolean[]): string => {
  if (answers.every(Boolean)) return 'yes';
  return answers.some(Boolean) ? 'warnings and errors' : 'no';
};

const distinct = (texts: readonly (string | null)[]): string =>
  [...new Set(texts)].filter((text) => text !== null).join(', ');

const rowsOf = (provider: Provider): string[] => {
  const seen = seenOf(provider);
  const types = [...new Set(seen.map(({ event }) => event.type))];
  return types.map((type) => {
    const these = seen.filter(({ event }) => event.type === type);
    const cells = [
      provider.name,
      `\`${type}\``,
      distinct(these.map(({ event }) => kinds[event.kind].label)),
      wordsFor(these.map(({ event }) => isAnnounced(event))),
      proofs[provider.info.secret],
      distinct(these.map(({ testedWith }) => testedWith)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
};

describe('the table of providers in the README', () => {
  const rows = [...providers.values()].flatMap(rowsOf);
  const table = [
    '| provider | event | becomes | notifies | proved by | tested with |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  const [before = '', rest = ''] = textOf(file).split(marks[0]);
  const [stands = '', after = ''] = rest.split(marks[1]);

  test('is what the code does', () => {
    if (process.env.HOOKBELL_UPDATE === '1')
      writeFileSync(
        join(import.meta.dirname, '..', file),
        `${before}${marks[0]}\n${table}\n${marks[1]}${after}`,
      );
    else expect(stands.trim(), `Write it anew with: ${update}`).toBe(table);
  });

  test('has every event with a delivery that tests it', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
  });
});

test.each([
  'npm ci && npm start',
  'npm ci && npm run demo',
  'npm ci && npm test',
  'npm run package',
])('the README names `%s`', (command) => {
  expect(textOf(file)).toContain(command);
});
