import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { openTrayHost } from '../support/tray.ts';
import { desktopEntry, heardFrom, mainProcesses, openAccount } from './support/account.ts';
import { installThis } from './support/administrator.ts';
import { runInstalled } from './support/hookbell.ts';
import { programOf } from './support/processes.ts';
import { drawnWindow, photograph, windows } from './support/screen.ts';

const kryptos = kryptosSource();
const Exported = z.object({ id: z.string() });

beforeAll(installThis);

test('a link from anywhere opens its event in the running app, in the tray and from nothing; another changes nothing (T9)', async () => {
  using _tray = await openTrayHost();
  await using account = await openAccount({ sources: [kryptos] });
  const { env } = account;
  const open = (link: string) => ['gio', 'open', link];
  const first = await account.launch('gio', 'launch', desktopEntry);
  await drawnWindow();
  expect((await send(first.port, costBasisCompleted(kryptos))).status).toBe(200);

  const folder = mkdtempSync(join(tmpdir(), 'hookbell-links-'));
  const file = join(folder, 'export.jsonl');
  await runInstalled(['--export', file], env);
  const { id } = Exported.parse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(folder, { recursive: true });
  const link = `hookbell://event/${id}`;

  await expect.poll(heardFrom(open(link), env)).toContain('shows the event of this link');
  await photograph('installed-link');
  for (const hostile of [
    `${link} --quit`,
    `hookbell://quit/${id}`,
    `hookbell://event/${id}?--export=${file}`,
    `hookbell://event/%2e%2e/${id}`,
  ])
    await expect.poll(heardFrom(open(hostile), env)).toContain('its window is open now');
  expect(mainProcesses()).toEqual([first.pid]);

  process.kill(first.pid, 'SIGTERM');
  await expect.poll(() => programOf(first.pid)).toBe('');
  await account.launch(...open(link));
  await drawnWindow();
  expect(await windows()).toHaveLength(1);
  await photograph('installed-link-from-nothing');
});
