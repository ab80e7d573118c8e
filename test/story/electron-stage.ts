import { openNotificationServer } from '../../bench/harness/notification-server.ts';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { openInElectron } from '../support/electron.ts';
import { earlyTimersFile, nowIn, passIn, sleepIn, takeClock } from './electron-clock.ts';
import { distinct, type OpenStage, type StageOptions } from './open-stage.ts';

/** The built app on a desktop of its own, whose notification service is the test's. */
export const openElectronStage = async ({
  startsAt,
  ...options
}: StageOptions): Promise<OpenStage> => {
  const desktop = await openPrivateBus();
  const server = await openNotificationServer(desktop.address);
  const app = await openInElectron({
    ...options,
    env: { DBUS_SESSION_BUS_ADDRESS: desktop.address },
    preload: earlyTimersFile,
  });
  await takeClock(app.electron(), startsAt);
  let ahead = startsAt - Date.now();
  const moved = async (move: Promise<void>): Promise<void> => {
    await move;
    ahead = (await nowIn(app.electron())) - Date.now();
  };

  return {
    stage: {
      deliver: app.deliver,
      ask: app.ask,
      now: () => Date.now() + ahead,
      pass: (ms) => moved(passIn(app.electron(), ms)),
      sleep: (ms) => moved(sleepIn(app.electron(), ms)),
    },
    places: () => {
      const ids = [...new Set(server.notified.map(({ id }) => id))];
      return ids.map((id) => {
        const said = server.notified.filter((one) => one.id === id);
        return {
          titles: distinct(said.map(({ title }) => title)),
          body: said.at(-1)?.body ?? '',
          isWithdrawn: server.closed.includes(id),
        };
      });
    },
    appearedAt: () => null,
    desktop: { app, server },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await desktop[Symbol.asyncDispose]();
    },
  };
};
