import { expect } from 'vitest';
import type { NotificationServer, Notified } from '../../bench/harness/notification-server.ts';
import type { ElectronTestApp } from '../support/electron.ts';

export type StoryDesktop = { readonly app: ElectronTestApp; readonly server: NotificationServer };

/** What the day left on the desktop is pressed: each notification leads to its very entries, wherever the window is. */
export const clickThrough = async ({ app, server }: StoryDesktop): Promise<void> => {
  const last = (title: string): Notified => {
    const found = server.notified.findLast((one) => one.title === title);
    if (!found) throw new Error(`Nothing on the desktop says “${title}”`);
    return found;
  };
  const go = (name: string) =>
    app.page().getByRole('navigation', { name: 'Pages' }).getByText(name).click();
  const rows = () => app.page().getByRole('option').allTextContents();

  // The window is on another page.
  await go('Settings');
  server.press(last('12 NFTs received').id, 'default');
  await expect.poll(async () => (await rows()).length).toBe(12);
  expect((await rows()).every((row) => row.includes('NFT minted to your wallet'))).toBe(true);

  // The window is on the timeline.
  server.press(last('Coinbase needs new sign-in details').id, 'default');
  const selected = () => app.page().getByRole('option', { selected: true }).allTextContents();
  await expect
    .poll(async () => (await selected()).join())
    .toContain('Coinbase needs new sign-in details');

  await pressButtons({ app, server }, last);
  expectManners(last);

  // The window is closed.
  await app.page().close();
  const opening = app.electron().waitForEvent('window');
  server.press(last('2 events while notifications were paused').id, 'default');
  const page = await opening;
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
};

/** The buttons act without a window in front. */
const pressButtons = async (
  { app, server }: StoryDesktop,
  last: (title: string) => Notified,
): Promise<void> => {
  const failing = last('Coinbase needs new sign-in details');
  const stateOf = async () => {
    const { conditions } = await app.ask('state', undefined);
    return conditions.find(({ reason }) => 'account' in reason && reason.account === 'Coinbase')
      ?.state.status;
  };
  expect(await stateOf()).toBe('open');
  server.press(failing.id, 'button-1');
  await expect.poll(stateOf).toBe('snoozed');
  server.press(failing.id, 'button-2');
  await expect.poll(stateOf).toBe('acknowledged');

  const unseen = async () => (await app.ask('state', undefined)).unseen;
  const before = await unseen();
  server.press(last('2 events while notifications were paused').id, 'button-0');
  await expect.poll(unseen).toBe(before - 2);
};

const expectManners = (last: (title: string) => Notified): void => {
  const urgencies = { low: 0, normal: 1 };
  const failing = last('Coinbase needs new sign-in details');
  expect(failing.actions.filter((_, at) => at % 2 === 1)).toEqual([
    'Open',
    'Open portal.vezgo.com',
    'Snooze 1 h',
    'Until it works again',
    'Mark read',
  ]);
  expect(last('Bitstamp works again, after 6 h').hints.urgency).toBe(urgencies.low);
  expect(last('2 events while notifications were paused').hints.urgency).toBe(urgencies.normal);
};
