import { expect, test } from 'vitest';
import { openQuarantine, type Quarantine } from '../../electron/history/quarantine.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';
import { listener } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

const genuine = 'genuine';
const open = (folder: Folder) =>
  openQuarantine(folder, {
    ...listener().telling,
    looksGenuine: ({ body }) => 'text' in body && body.text.startsWith(genuine),
  });

type Rejection = { body: string; at?: number; sender?: string | null; reason?: RejectionReason };
const reject = (quarantine: Quarantine, { body, at = 0, sender = null, reason }: Rejection) =>
  quarantine.keep(
    { id: 's', provider: 'nobody' },
    {
      ...{ id: body.slice(0, 40), receivedAt: at, headers: [], body: Buffer.from(body) },
      ...{ senderAddress: sender, peerAddress: '', simulated: false },
    },
    { status: 'rejected', reason: reason ?? 'signature-wrong', answer: 401 },
    { unread: false, newestEntry: 0 },
  );
const bodiesIn = async (quarantine: Quarantine) => {
  const bodies: string[] = [];
  for await (const { body } of quarantine.oldestFirst(0))
    if ('text' in body) bodies.push(body.text);
  return bodies;
};
const genuineOnes = Array.from({ length: 5 }, (_, at) => `${genuine} ${at}`);

test('whatever looks genuine outlasts any number that does not, after a restart too (R13b)', async () => {
  using temp = tempFolder();
  const quarantine = await open(temp.folder);
  for (const body of genuineOnes) await reject(quarantine, { body });
  for (let number = 0; number < 1600; number += 1)
    await reject(quarantine, {
      body: `noise ${number}`,
      at: number * 100,
      sender: `10.0.${number % 9}.1`,
    });
  const bodies = await bodiesIn(quarantine);
  expect(bodies.slice(0, 5)).toEqual(genuineOnes);
  expect(bodies).toHaveLength(500);
  expect(bodies.at(-1)).toBe('noise 1599');
  await quarantine.close();

  const again = await open(temp.folder);
  await again.loaded();
  expect((await bodiesIn(again)).slice(0, 5)).toEqual(genuineOnes);
  expect(again.count(0)).toBe(500);
  expect(await again.page(null, 1, 0)).toMatchObject([{ body: { text: 'noise 1599' } }]);
  await again.close();
});

test('a sender who forges what looks genuine pushes out only their own (R13b)', async () => {
  using temp = tempFolder();
  const quarantine = await open(temp.folder);
  for (const body of genuineOnes) await reject(quarantine, { body, sender: '52.1.1.1' });
  for (let number = 0; number < 600; number += 1)
    await reject(quarantine, {
      body: `${genuine} forged ${number}`,
      at: number * 1000,
      sender: `2001:db8::${number.toString(16)}`,
    });
  const bodies = await bodiesIn(quarantine);
  expect(bodies.slice(0, 6)).toEqual([...genuineOnes, `${genuine} forged 105`]);
  await quarantine.close();
});

test('nor does a stranger with all the networks of a site push out others (R13b, P7)', async () => {
  using temp = tempFolder();
  const quarantine = await open(temp.folder);
  for (const body of genuineOnes) await reject(quarantine, { body, sender: '52.1.1.1' });
  for (let number = 0; number < 510; number += 1)
    await reject(quarantine, {
      body: `${genuine} forged ${number}`,
      at: number * 1000,
      sender: `2001:db8:7:${number.toString(16)}::1`,
    });
  expect((await bodiesIn(quarantine)).slice(0, 5)).toEqual(genuineOnes);
  await quarantine.close();
});

test('the quarantine stays within 32 MiB on disk, and its oldest are copied only while they are held (R13b)', async () => {
  using temp = tempFolder();
  const quarantine = await open(temp.folder);
  for (const body of genuineOnes) await reject(quarantine, { body });
  // As JSON each takes six times as many bytes.
  const large = '\u0001'.repeat(100 * 1024);
  for (let number = 0; number < 100; number += 1)
    await reject(quarantine, { body: `${number}${large}`, at: number * 30_000 });
  expect((await bodiesIn(quarantine)).slice(0, 5)).toEqual(genuineOnes);
  await quarantine.close();
  const bytes = temp.folder
    .sizes(await temp.folder.list())
    .reduce<number>((sum, size) => sum + (size ?? 0), 0);
  expect(bytes).toBeLessThan(34 * 1024 * 1024);
});

test('beyond what may be written in a minute rejections are counted, not stored (R13)', async () => {
  using temp = tempFolder();
  const quarantine = await open(temp.folder);
  const body = 'x'.repeat(200 * 1024);
  const numbers = [];
  for (let at = 0; at < 60; at += 1) numbers.push(await reject(quarantine, { body, at }));
  const kept = numbers.filter((number) => number !== null);
  expect(kept.length).toBeGreaterThan(15);
  expect(kept.length).toBeLessThanOrEqual(20);
  expect(await reject(quarantine, { body: `${genuine} ${body}`, at: 60 })).not.toBeNull();
  await quarantine.close();
});
