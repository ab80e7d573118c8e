import { beforeAll, expect, test } from 'vitest';
import { costBasisCompleted } from '../../bench/harness/deliveries.ts';
import { listenToDaemon } from '../support/electron.ts';
import { installThis } from './support/administrator.ts';
import { startInstalled } from './support/hookbell.ts';

beforeAll(installThis);

test('the installed app answers a genuine delivery 200 and notifies of it', async () => {
  const notifications = await listenToDaemon();
  await using app = await startInstalled();
  expect((await app.deliver(costBasisCompleted(app.source))).status).toBe(200);
  await expect.poll(notifications).toMatchObject([{ title: 'Gains and losses are up to date' }]);
});
