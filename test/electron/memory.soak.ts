import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  simplehashSource,
} from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';
import { type ElectronTestApp, openInElectron, runElectron } from '../support/electron.ts';

const minutes = Number(process.env.HOOKBELL_SOAK_MINUTES ?? 20);
const perSecond = 20;
const burst = 200;
const burstEverySeconds = 10;
/** The window is open for a minute, and then closed for one. */
const windowSeconds = 60;
const patienceMs = 5 * 60_000;

const kryptos = kryptosSource();
const simplehash = simplehashSource('simplehash-main', { secrets: [] });

/** What one process holds that no other shares, and its share of the rest, in MiB. */
const pssOf = (pid: number): number => {
  const [, kib = '0'] =
    /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kib) / 1024;
};

/** A failing account, a received NFT and a finished recalculation in turns: each is a row, two of three are notifications. */
const deliveryOf = (count: number): Sent => {
  if (count % 3 === 0) return costBasisCompleted(kryptos);
  if (count % 3 === 1) return inbound(count);
  return kryptosDelivery(failure(count), kryptos);
};

const failure = (count: number) => ({
  id: `whd_${count.toString(16).padStart(12, '0')}`,
  event: count % 6 === 2 ? 'integration.failed' : 'integration.updated',
  timestamp: new Date().toISOString(),
  data: {
    ...{ uid: 'user_123', provider: 'binance', providerPublicName: 'Binance' },
    ...{ walletId: `wallet_${count % 50}`, status: count % 6 === 2 ? 'FAILED' : 'COMPLETED' },
    ...{
      errorMessage: 'API key refused',
      category: 'exchange',
      type: 'api',
      totalTransactions: 12,
    },
  },
});

const inbound = (count: number): Sent => ({
  path: `/hooks/simplehash/${simplehash.token}`,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    type: 'wallet.inbound_transfer',
    data: {
      ...{ nft_id: `ethereum.0xabc.${count}`, chain: 'ethereum', contract_address: '0xabc' },
      ...{ token_id: String(count), from_address: '0x1', to_address: '0x2', quantity: 1 },
      ...{ transaction: `0x${count.toString(16)}`, log_index: 1, batch_transfer_index: 0 },
    },
  }),
});

const post = (agent: Agent, port: number, { path, headers, body }: Sent): Promise<number> =>
  new Promise((resolve) => {
    const sending = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, ...(headers && { headers }) },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sending.once('error', () => resolve(0));
    sending.end(body);
  });

/** Closes the window, or opens it as a person does: by starting the app once more. */
const toggleWindow = async (app: ElectronTestApp): Promise<void> => {
  const [page] = app.electron().windows();
  if (page) return page.close();
  const opened = app.electron().waitForEvent('window');
  await runElectron(app.folder);
  await (await opened).waitForLoadState('load');
};

test(`${minutes} minutes at 20 a second with bursts of 200, the window open and closed, leave memory where it was (Q10)`, {
  timeout: minutes * 60_000 + patienceMs,
}, async () => {
  await using app = await openInElectron({ provision: { sources: [kryptos, simplehash] } });
  const pid = app.electron().process().pid ?? 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: perSecond });
  const said: number[] = [];
  let [count, refused] = [0, 0];

  for (let second = 1; second <= minutes * 60; second += 1) {
    const nextSecond = pass(1000);
    const atOnce = second % burstEverySeconds === 0 ? burst : perSecond;
    const statuses = await Promise.all(
      Array.from({ length: atOnce }, () => post(agent, app.port(), deliveryOf(++count))),
    );
    refused += statuses.filter((status) => status !== 200).length;
    if (second % windowSeconds === 0) {
      const mib = pssOf(pid);
      said.push(mib);
      process.stdout.write(
        `minute ${second / 60}: main ${mib.toFixed(0)} MiB, ${count} delivered, ${refused} refused\n`,
      );
      await toggleWindow(app);
    }
    await nextSecond;
  }
  agent.destroy();

  const [afterTwo = 0, atEnd = 0] = [said[1], said.at(-1)];
  process.stdout.write(
    `main: ${afterTwo.toFixed(0)} MiB after 2 minutes, ${(said[9] ?? atEnd).toFixed(0)} after 10, ${atEnd.toFixed(0)} at the end: ${(atEnd / afterTwo).toFixed(2)} times\n`,
  );
  expect(refused).toBe(0);
  expect(atEnd / afterTwo).toBeLessThanOrEqual(1.25);
});
