import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, secrets } from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });

const diagnosticsOf = async (app: TestApp): Promise<string> => {
  const file = join(app.folder, 'mine.txt');
  await app.choose(file);
  expect(await app.ask('saveDiagnostics', undefined)).toEqual({
    status: 'done',
    value: { name: 'mine.txt', folder: app.folder },
  });
  return readFileSync(file, 'utf8');
};

test('diagnostics are one readable text without token, secret, name and content of a delivery (E7)', async () => {
  await using app = await openApp({ provision: { sources: [kryptos] } });
  await app.deliver(costBasisCompleted(kryptos));
  const text = await diagnosticsOf(app);

  expect(text).toMatch(/^Kryptos 1: 1 accepted/m);
  for (const hidden of [kryptos.token, secrets.kryptos, kryptos.name, 'user_123', 'whd_'])
    expect(text).not.toContain(hidden);
});

test('diagnostics of a damaged history say what is missing', async () => {
  await using app = await openApp({ provision: { sources: [kryptos] } });
  for (let round = 0; round < 6; round += 1)
    await Promise.all(Array.from({ length: 50 }, () => app.deliver(costBasisCompleted(kryptos))));
  await app.restart();
  const history = readdirSync(app.folder, { recursive: true, encoding: 'utf8' });
  const segment = history.find((name) => name.endsWith('seg-000001.json'));
  truncateSync(join(app.folder, segment ?? ''), 1000);
  await app.restart();
  const text = await diagnosticsOf(app);

  expect(text).toMatch(/^Damage: .* 256 entries$/m);
  expect(text).toMatch(/^history-damaged, /m);
});

test('nothing is written where the person chooses no file, or one that cannot be', async () => {
  await using app = await openApp();
  await app.choose(null);
  expect(await app.ask('saveDiagnostics', undefined)).toEqual({ status: 'done', value: null });
  await app.choose(join(app.folder, 'no such folder', 'mine.txt'));
  expect(await app.ask('saveDiagnostics', undefined)).toMatchObject({
    status: 'failed',
    problem: { code: 'not-saved', message: expect.stringContaining('ENOENT') },
  });
});
