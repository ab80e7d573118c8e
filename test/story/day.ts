import type { HttpAnswer, Sent } from '../../bench/harness/http.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Ask } from '../../shared/ipc.ts';
import { integration, metadata, nft, run, vezgo, type Who, wronglySigned } from './cast.ts';

/** What the story needs of an app whose clock the test moves. */
export type Stage = {
  readonly deliver: (sent: Sent) => Promise<HttpAnswer>;
  readonly ask: Ask;
  /** Epoch ms, as the app sees it. */
  readonly now: () => number;
  /** Lets time pass. */
  readonly pass: (ms: number) => Promise<void>;
  /** The computer sleeps, and wakes up. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Called when a part of the story begins, with the time of day and what happens. */
  readonly scene: (time: string, what: string) => void;
};

export const minutes = 60_000;
export const hours = 60 * minutes;

const user1: Who = { uid: 'user_1' };
const user3: Who = { uid: 'user_3' };
const grants: readonly Who[] = [
  { grant: 'cgrant_first', workspace: 'workspace_2' },
  { grant: 'cgrant_second', workspace: 'workspace_2' },
];

/** The story begins at 06:00 and ends at 07:05 of the next day. Quiet hours last from 22:00 to 07:00. */
export const beginsAtHour = 6;

/**
 * A day of three providers. Returns the number of the events that were believed. Each delivery is answered 200, or 401 where its secret is
 * wrong.
 */
export const playDay = async (stage: Stage): Promise<number> => {
  const startedAt = stage.now();
  let events = 0;

  const send = async (...all: readonly Sent[]): Promise<void> => {
    for (const sent of all) {
      const sentAt = stage.now();
      const { status } = await stage.deliver(sent);
      if (status !== 200) throw new Error(`A delivery of the story was answered ${status}`);
      events += 1;
      await announcedSince(stage, sentAt);
    }
    await stage.pass(1000);
  };
  const at = async (time: string, what: string): Promise<void> => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const wanted = startedAt + (hour - beginsAtHour) * hours + minute * minutes;
    await stage.pass(wanted - stage.now());
    // What depends on the time alone is found when the state is looked at.
    await stage.ask('state', undefined);
    stage.scene(time, what);
  };
  const { now } = stage;

  await at('6:05', 'Quiet hours. Four accounts of Vezgo sync');
  await send(vezgo('coinbase'), vezgo('kraken'), vezgo('gemini'), vezgo('bitstamp'));
  await at('6:10', 'A recalculation of user 1 runs and ends');
  await send(run('transfer_detection.started', user1, now()));
  await stage.pass(2 * minutes);
  await send(run('transfer_detection.completed', user1, now()));
  await send(run('costbasis.started', user1, now()));
  await stage.pass(4 * minutes);
  await send(run('costbasis.completed', user1, now()));
  await at('6:20', 'Kraken of Kryptos fails');
  await send(integration('Kraken', 'failed', now()));
  await at('6:40', 'and works again');
  await send(integration('Kraken', 'synced', now()));
  await at('6:50', 'An NFT comes');
  await send(nft('received', 4963, now()));

  await at('7:05', 'Quiet hours are over');
  await at('8:00', 'A burst: twelve mints to us and sixteen elsewhere, within seconds');
  for (let mint = 0; mint < 12; mint += 1) await send(nft('minted to us', 1000 + mint, now()));
  for (let mint = 0; mint < 16; mint += 1) await send(nft('minted elsewhere', 2000 + mint, now()));

  await at('9:00', 'Binance fails');
  await send(integration('Binance', 'failed', now()));
  await at('9:30', 'and again');
  await send(integration('Binance', 'failed', now()));
  await at('10:00', 'and again');
  await send(integration('Binance', 'failed', now()));
  await at('10:15', 'and works again');
  await send(integration('Binance', 'synced', now()));

  await at('11:00', 'Coinbase of Vezgo wants a new sign-in, and keeps wanting it');
  await send(vezgo('coinbase', 'LoginFailedError'));
  await at('11:30', 'The computer sleeps for an hour');
  await stage.sleep(hours);
  await send(integration('Kraken', 'synced', now() - 30 * minutes));
  const late = now() - 40 * minutes;
  for (const grant of grants) await send(run('costbasis.completed', grant, late));

  await at('13:00', 'The clock of Kryptos is ten minutes ahead: Ledger syncs, fails, and syncs');
  await send(integration('Ledger', 'synced', now() + 10 * minutes));
  await at('13:02', 'It fails, by a clock that is right');
  await send(integration('Ledger', 'failed', now()));
  await at('13:20', 'It syncs, by the clock that is ahead');
  await send(integration('Ledger', 'synced', now() + 10 * minutes));

  await at('14:00', 'The person pauses notifications for an hour');
  await stage.ask('pause', { until: '1h' });
  await send(run('costbasis.started', user1, now()));
  await at('14:10', 'An NFT leaves');
  await send(nft('sent', 4963, now()));
  await at('14:20', 'The recalculation of user 1 fails');
  await send(run('costbasis.failed', user1, now()));
  await at('14:30', 'Bitstamp of Vezgo fails for now');
  await send(vezgo('bitstamp', 'TemporaryFailureError'));

  await at('15:05', 'The pause is over');
  await at('15:30', 'A recalculation of user 3 starts, and never ends');
  await send(run('transfer_detection.started', user3, now()));
  await at('15:40', 'Coinbase fails again');
  await send(vezgo('coinbase', 'LoginFailedError'));
  await at('16:00', 'Two grants report one recalculation');
  const [begun, ended] = [now(), now() + 5 * minutes];
  for (const grant of grants) await send(run('costbasis.started', grant, begun));
  await at('16:05', 'and its end');
  for (const grant of grants) await send(run('costbasis.completed', grant, ended));
  await at('16:30', 'Bitstamp fails for now, a second time');
  await send(vezgo('bitstamp', 'TemporaryFailureError'));

  await at('17:00', 'Three deliveries of Kryptos fail the signature check');
  for (let times = 1; times <= 3; times += 1) {
    const { status } = await stage.deliver(wronglySigned(now()));
    if (status !== 401) throw new Error(`A wrong signature was answered ${status}`);
    await until(stage, ({ sources: all }) => all.some(({ rejected }) => rejected === times));
    await stage.pass(minutes);
  }
  await at('17:25', 'A right one comes again');
  await send(integration('Kraken', 'synced', now()));
  await at('17:31', 'The recalculation of user 3 is stuck');
  await at('18:30', 'Bitstamp fails for now, a third time');
  await send(vezgo('bitstamp', 'TemporaryFailureError'));
  await at('19:00', 'Details of thirteen NFTs change');
  for (let token = 0; token < 13; token += 1) await send(metadata(3000 + token, now()));
  await at('20:00', 'Bitstamp works again');
  await send(vezgo('bitstamp'));
  await at('22:30', 'Quiet hours. An NFT is minted to us, and a recalculation ends');
  await send(nft('minted to us', 5000, now()));
  await send(run('costbasis.started', user1, now()));
  await stage.pass(7 * minutes);
  await send(run('costbasis.completed', user1, now()));
  await at('31:05', 'The next morning');
  return events;
};

/** Settles when the app has decided what becomes of a delivery that was sent at `sentAt`. */
const announcedSince = (stage: Stage, sentAt: number): Promise<void> =>
  until(stage, ({ lastEventAt }) => lastEventAt !== null && lastEventAt >= sentAt);

const until = async ({ ask }: Stage, isSo: (state: AppState) => boolean): Promise<void> => {
  while (!isSo(await ask('state', undefined)))
    await new Promise((resolve) => setImmediate(resolve));
};
