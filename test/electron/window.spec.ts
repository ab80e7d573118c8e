import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { timelineOf } from '../support/app.ts';
import { openInElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { openTrayHost } from '../support/tray.ts';

const run = promisify(execFile);
const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

test('the page has no way out: no navigation, no new window, no inline script, no foreign origin, no permissions (E2 to E5)', async () => {
  await using app = await openInElectron({ provision });
  const found = await app.page().evaluate(async () => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      blocked.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    await fetch('http://127.0.0.1:4747/healthz').catch(() => {});
    const missing = await fetch('app://bundle/..%2f..%2fpackage.json').then(({ status }) => status);
    location.href = 'https://evil.example/';
    const permission = await navigator.permissions.query({ name: 'geolocation' });
    return {
      blocked,
      missing,
      ran: 'ran' in window,
      opened: window.open('https://evil.example/'),
      node: 'require' in window || 'process' in window,
      bridge: Object.keys(window.hookbell).sort(),
      permission: permission.state,
      place: location.href,
    };
  });
  expect(found).toEqual({
    blocked: ['script-src-elem', 'connect-src'],
    missing: 404,
    ran: false,
    opened: null,
    node: false,
    bridge: ['ask', 'listen'],
    permission: 'denied',
    place: 'app://bundle/index.html',
  });
});

test('a question that is none, or has the wrong input, is refused without a word about our insides (E6)', async () => {
  await using app = await openInElectron({ provision });
  const asked = (name: string, input: unknown) =>
    app.page().evaluate<string, [string, unknown]>(
      (question) =>
        Promise.resolve(Reflect.apply(window.hookbell.ask, undefined, question)).then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      [name, input],
    );
  for (const [name, input] of [
    ['nothing', {}],
    ['__proto__', {}],
    ['constructor', {}],
    ['entry', { seq: 'one' }],
    ['copyText', { text: 'x'.repeat(5_000_000) }],
    ['markSeen', { seqs: Array.from({ length: 501 }, () => 1), seen: true }],
  ] as const) {
    expect(await asked(name, input)).toMatch(
      /^Error invoking remote method 'app:ask': Error: failed$/,
    );
  }
});

test('a delivery appears as a row, opens by keyboard, and is read after a second', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  const row = app.page().getByRole('option', { name: /Kraken could not sync/ });
  await row.waitFor();

  await app.page().keyboard.press('j');
  await app.page().keyboard.press('Enter');
  await app.page().getByRole('heading', { name: 'Kraken could not sync' }).waitFor();

  await expect.poll(async () => (await timelineOf(app))[0]?.seen).toBe(true);
  await app.page().getByRole('tab', { name: 'Raw' }).click();
  await app.page().getByText('"walletId":"wallet_77aa01"', { exact: false }).first().waitFor();
});

test('shortcuts work on a Russian layout', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  const page = app.page();
  await page.getByRole('option').first().waitFor();
  const press = (key: string, code: string) =>
    page.evaluate((pressed) => document.body.dispatchEvent(new KeyboardEvent('keydown', pressed)), {
      key,
      code,
      bubbles: true,
      cancelable: true,
    });

  await press('о', 'KeyJ');
  await page.getByRole('option', { selected: true }).waitFor();
  await press('.', 'Slash');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('search');
  await page.keyboard.press('Escape');
  await press('п', 'KeyG');
  await press('р', 'KeyH');
  await page.getByRole('heading', { name: 'Health' }).waitFor();
});

test('a click on a notification opens the window on that very event', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  await tray.item();
  await app.page().close();
  await expect.poll(async () => (await app.notifications()).length).toBe(1);
  await app.deliver(costBasisCompleted(kryptos));
  await expect
    .poll(async () => (await run('dunstctl', ['count', 'displayed'])).stdout.trim())
    .toBe('1');
  const opened = app.electron().waitForEvent('window');

  await run('dunstctl', ['action']);

  const page = await opened;
  await page.getByRole('heading', { name: 'Gains and losses are up to date' }).waitFor();
});

test("a stranger's text is text in the window: no element, no link", async () => {
  await using app = await openInElectron({ provision });
  const name = '<img src=x onerror="window.ran=true"><a href="https://evil.example">Binance</a>';
  await app.deliver(
    kryptosDelivery(
      {
        id: 'whd_1',
        event: 'integration.failed',
        data: { providerPublicName: name, errorMessage: name },
      },
      kryptos,
    ),
  );
  await app.page().getByRole('option').first().click();
  await app
    .page()
    .getByRole('heading', { name: /<img src=x/ })
    .waitFor();

  const found = await app.page().evaluate(() => ({
    ran: 'ran' in window,
    links: document.querySelectorAll('a[href^="http"]').length,
    images: document.querySelectorAll('img[src="x"]').length,
  }));
  expect(found).toEqual({ ran: false, links: 0, images: 0 });
});

test('the tray tells the state in text, shows the last events, and quits', async () => {
  using tray = await openTrayHost();
  const app = await openInElectron({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  const item = await tray.item();
  const labels = async () => (await tray.menu(item)).items.map(({ label }) => label);

  await expect
    .poll(labels)
    .toContainEqual(expect.stringMatching(/^Gains and losses are up to date · Kryptos · /));
  expect(await labels()).toEqual(
    expect.arrayContaining([
      'Open Hookbell',
      'Copy local URL of Kryptos',
      'Copy local URL of Vezgo',
      'Mark all as read (1)',
      'Quit (stops receiving)',
    ]),
  );
  const exited = new Promise((resolve) => app.electron().process().once('exit', resolve));
  await tray.choose(item, 'Quit');
  expect(await exited).toBe(0);
});

test('in the window one types a search, sees what was found marked, and leaves with Escape', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  await app.deliver(recorded('kryptos/costbasis.failed.json', kryptos));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  const page = app.page();
  const rows = page.getByRole('listbox').getByRole('option');
  await expect.poll(() => rows.count()).toBe(3);

  await page.keyboard.press('/');
  await page.keyboard.type('is:fa');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('kraken');
  await expect.poll(() => page.locator('#search').inputValue()).toBe('is:failed kraken');
  await expect.poll(() => rows.count()).toBe(1);
  expect(await page.locator('[data-list] mark').allTextContents()).toEqual(['Kraken']);

  await page.keyboard.press('Escape');
  await expect.poll(() => rows.count()).toBe(3);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
});

test('going from one event to the next the detail changes at once, and is empty in between at no time', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  await app.deliver(recorded('kryptos/costbasis.failed.json', kryptos));
  const page = app.page();
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const detail = page.locator('[data-detail]');
  await detail.getByText('costbasis.failed', { exact: true }).waitFor({ state: 'attached' });

  const emptied = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let times = 0;
        new MutationObserver(() => {
          const text = document.querySelector('[data-detail]')?.textContent ?? '';
          if (!text.includes('Event type')) times += 1;
          if (text.includes('SyncAccount')) resolve(times);
        }).observe(document.body, { childList: true, characterData: true, subtree: true });
      }),
  );
  await page.keyboard.press('j');
  expect(await emptied).toBe(0);
  expect(await detail.locator('h2').textContent()).toContain('synced');
});

test('while one searches, what comes is shown where it fits, with the detail it was found by', async () => {
  await using app = await openInElectron({ provision });
  const completedFor = (uid: string, id: string) =>
    kryptosDelivery(
      { id, event: 'costbasis.completed', timestamp: '2026-02-20T18:10:21.114Z', data: { uid } },
      kryptos,
    );
  await app.deliver(completedFor('user_ana771', 'whd_1'));
  const page = app.page();
  const rows = page.getByRole('listbox').getByRole('option');
  await expect.poll(() => rows.count()).toBe(1);
  await page.keyboard.press('/');
  await page.keyboard.type('user_ana771');
  await expect.poll(() => page.locator('[data-list] mark').allTextContents()).toHaveLength(1);

  await app.deliver(completedFor('user_ben', 'whd_2'));
  await app.deliver(completedFor('user_ana771', 'whd_3'));
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.getByRole('option', { name: /^Unread\. Success\. / }).count()).toBe(2);
  await app.ask('markSeen', { seqs: [1, 3], seen: true });
  await expect.poll(() => page.getByRole('option', { name: /^Success\. / }).count()).toBe(2);
  expect(await page.locator('[data-list] mark').allTextContents()).toEqual([
    ...['user_ana771', 'user_ana771'],
  ]);
  await page.keyboard.press('Escape');
  await expect.poll(() => rows.count()).toBe(3);
});

test('the list goes from the newest event to the oldest and back, its pages coming as it goes', async () => {
  await using app = await openInElectron({ provision });
  const sent = Array.from({ length: 700 }, (_, index) =>
    costBasisCompleted(kryptos, { id: `whd_${index}` }),
  );
  for (let at = 0; at < sent.length; at += 50)
    await Promise.all(sent.slice(at, at + 50).map((one) => app.deliver(one)));
  await app.restart();
  const page = app.page();
  const rowOf = (seq: number) => page.locator(`#entry-${seq}`);
  await rowOf(700).waitFor();
  expect(await page.getByRole('option').count()).toBeLessThan(60);

  await expect
    .poll(async () => {
      await page.locator('[data-list]').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return rowOf(1).isVisible();
    })
    .toBe(true);
  expect(await rowOf(700).count()).toBe(0);
  expect(await page.getByRole('option').count()).toBeLessThan(60);

  await page.keyboard.press('j');
  await page.getByRole('option', { selected: true }).waitFor();
  expect(await rowOf(700).count()).toBe(0);
  await page.locator('[data-list]').focus();
  await page.keyboard.press('Home');
  await rowOf(700).waitFor();
  await page.keyboard.press('End');
  await rowOf(1).waitFor();
  expect(await rowOf(1).getAttribute('aria-selected')).toBe('true');
});
