import { expect, test } from 'vitest';
import { createConditions } from '../../electron/notifications/conditions.ts';
import { noWayIn, wayInAgain } from '../../electron/notifications/own-conditions.ts';
import { createScene, failed, recovered } from './support/scene.ts';

const hour = 3_600_000;

test('a recovery takes the place of its failure, quietly', async () => {
  const { notify, onScreen, pass } = createScene();
  notify(failed('Binance'));
  await pass(hour);
  notify(recovered('Binance'));
  await pass(0);
  expect(onScreen).toMatchObject([
    { title: 'Binance works again, after 3 h', silent: true, urgency: 'low' },
  ]);
});

test('a recovery is told also where the failure was closed, and replaces that of the run before', async () => {
  const { notify, titles, dismiss, shown, pass } = createScene();
  notify(failed('Binance'));
  await pass(hour);
  dismiss('Binance');
  notify(recovered('Binance'));
  await pass(hour);
  expect(titles()).toEqual(['Binance works again, after 3 h']);
  notify(recovered('Kraken'));
  await pass(0);
  expect(shown.at(-1)?.replaces).toBe('Kraken');
});

test('an account that fails again is told again, and its recovery before that does not stand beside it', async () => {
  const { notify, titles, pass } = createScene();
  for (const step of [failed, recovered, failed]) {
    notify(step('Binance'));
    await pass(hour);
  }
  expect(titles()).toEqual(['Binance could not sync']);
});

test('a failure that grows is changed in place, silently, and never appears again', async () => {
  const { notify, grew, announcementOf, dismiss, shown, refreshed, pass } = createScene();
  const grown = (tries: number) =>
    grew('Binance', announcementOf(failed('Binance', { body: `${tries} tries since 09:41` })));
  notify(failed('Binance'));
  await pass(hour);
  grown(2);
  grown(3);
  grown(4);
  await pass(10_000);
  expect(refreshed).toMatchObject([
    { body: '2 tries since 09:41\nSimpleHash', silent: true, urgency: 'low' },
    { body: '4 tries since 09:41\nSimpleHash' },
  ]);
  await pass(hour);
  dismiss('Binance');
  grown(5);
  await pass(hour);
  expect(refreshed).toHaveLength(2);
  expect(shown).toHaveLength(1);
});

test('the growth of a muted condition is not told, and its end is', async () => {
  const { notify, grew, announcementOf, refreshed, titles, pass } = createScene({
    isMuted: (id) => id === 'Binance',
  });
  notify(failed('Binance'));
  await pass(hour);
  grew('Binance', announcementOf(failed('Binance', { body: '2 tries' })));
  await pass(hour);
  expect(refreshed).toEqual([]);
  notify(recovered('Binance'));
  await pass(0);
  expect(titles()).toEqual(['Binance works again, after 3 h']);
});

test('a recovery takes its account out of the count, silently, and is told once (N6)', async () => {
  const { notify, onScreen, refreshed, pass } = createScene();
  for (const account of ['Binance', 'Kraken', 'Gemini']) notify(failed(account));
  await pass(10_000);
  expect(onScreen).toMatchObject([{ title: '3 accounts could not sync' }]);
  await pass(hour);

  notify(recovered('Kraken'));
  await pass(0);
  expect(onScreen).toMatchObject([
    { title: '2 accounts could not sync', body: 'Binance, Gemini\nSimpleHash', silent: true },
    { title: 'Kraken works again, after 3 h' },
  ]);
  expect(refreshed).toHaveLength(1);
});

test('the last account of a count is a failure by itself again, which its recovery replaces (N6)', async () => {
  const { notify, onScreen, titles, pass } = createScene();
  for (const account of ['Binance', 'Kraken']) notify(failed(account));
  await pass(hour);
  notify(recovered('Binance'));
  await pass(hour);
  expect(onScreen.map(({ id }) => id)).toEqual(['Kraken', 'Binance over']);
  notify(recovered('Kraken'));
  await pass(hour);
  expect(titles()).toEqual(['Binance works again, after 3 h', 'Kraken works again, after 3 h']);
});

test('a burst of recoveries is one count, and no failure stays beside it (N6)', async () => {
  const { notify, titles, pass } = createScene();
  for (const account of ['Binance', 'Kraken', 'Gemini']) {
    notify(failed(account));
    await pass(hour);
  }
  expect(titles()).toHaveLength(3);
  for (const account of ['Binance', 'Kraken', 'Gemini']) notify(recovered(account));
  await pass(10_000);
  expect(titles()).toEqual(['3 accounts work again']);
});

test('a failure that is over before it was counted is not told, and its record says so', async () => {
  const { notify, titles, decided, pass } = createScene();
  notify(failed('Binance'));
  notify(failed('Kraken'));
  notify(recovered('Kraken'));
  await pass(20_000);
  expect(titles()).toEqual(['Binance could not sync', 'Kraken works again, after 3 h']);
  expect(decided).toContain('Kraken could not sync: not shown, it was over before it was shown');
});

test('a condition of Hookbell is told once, grows in place, and its end replaces it', async () => {
  const scene = createScene();
  const { opened, grew, ended } = createConditions(scene);
  opened(noWayIn());
  opened(noWayIn());
  await scene.pass(hour);
  expect(scene.titles()).toEqual(['No way in for five minutes']);
  grew({ ...noWayIn(), title: 'No way in for an hour' });
  expect(scene.titles()).toEqual(['No way in for an hour']);
  ended('no-way-in', wayInAgain({ downSince: 0, at: hour }));
  await scene.pass(hour);
  expect(scene.titles()).toEqual(['There is a way in again, after 60 min']);
  expect(scene.shown).toHaveLength(2);
});

test('the end of a condition that is no news withdraws its notification', async () => {
  const scene = createScene();
  const { opened, ended } = createConditions(scene);
  opened(noWayIn());
  await scene.pass(0);
  ended('no-way-in', null);
  expect(scene.titles()).toEqual([]);
});

test('the end of a condition of the run before changes its notification, and appears nowhere else', async () => {
  const scene = createScene();
  const { ended } = createConditions(scene);
  ended('no-way-in', wayInAgain({ downSince: null, at: hour }));
  await scene.pass(hour);
  expect(scene.onScreen).toEqual([]);
  expect(scene.refreshed).toEqual([]);
});
