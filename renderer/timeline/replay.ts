import type { CurlForm, DeliveredAgain } from '../../shared/related.ts';
import { ask } from '../state.ts';
import { createStore } from '../store.ts';
import { announce } from '../ui/announcer.ts';

type Replay = {
  /** The event that the rest is about. */
  seq: number | null;
  /** What came of it, for people. */
  said: string | null;
  /** The field for the URL to forward to is open, with this mistake under it. */
  asksUrl: boolean;
  mistake: string | null;
};

const nothing: Replay = { seq: null, said: null, asksUrl: false, mistake: null };

export const replayStore = createStore<Replay>(nothing);

/** The answer to an older question does not replace what is said of another event. */
function say(seq: number, said: string): void {
  if (replayStore.get().seq === seq) replayStore.set({ said, asksUrl: false, mistake: null });
  announce(said);
}

const begin = (seq: number): void => replayStore.set({ ...nothing, seq });

/** Runs a request; a rejection is a bug in main. */
async function attempt(seq: number, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    console.error(error);
    say(seq, 'That did not work. Try again.');
  }
}

const curlWords = {
  'without-signature': 'Copied as cURL, without its signature.',
  'with-signature': 'Copied as cURL, with its signature.',
  'to-endpoint': 'Copied as cURL, with its signature and your URL. Whoever has it can post to you.',
} satisfies Record<CurlForm, string>;

export function copyCurl(seq: number, form: CurlForm = 'without-signature'): Promise<void> {
  begin(seq);
  return attempt(seq, async () => {
    const isCopied = await ask('copyCurl', { seq, form });
    say(seq, isCopied ? curlWords[form] : 'Not copied: its URL is not known now.');
  });
}

export function deliverAgain(seq: number): Promise<void> {
  begin(seq);
  return attempt(seq, async () => say(seq, againWords(await ask('deliverAgain', { seq }))));
}

const notSent = {
  gone: 'this event is not kept any more',
  'no-source': 'its source was removed',
  locked: 'the secrets of its source are locked',
} as const;

/** "Delivered again: answered 200, duplicate. Nothing was added." */
export function againWords(again: DeliveredAgain): string {
  switch (again.status) {
    case 'not-sent':
      return `Not delivered again: ${notSent[again.why]}.`;
    case 'not-reached':
      return `Not delivered again: ${again.message}.`;
    case 'answered': {
      const outcome = again.outcome === '' ? '' : `, ${again.outcome.replaceAll('-', ' ')}`;
      return `Delivered again: answered ${again.code}${outcome}. Nothing was added.`;
    }
  }
}

export const askUrl = (seq: number): void => replayStore.set({ ...nothing, seq, asksUrl: true });
export const closeUrl = (): void => replayStore.set(nothing);

/** Forwards an event to a URL; without one the field for it opens. */
export function forward(seq: number, url: string | undefined): Promise<void> {
  if (url === undefined) {
    askUrl(seq);
    return Promise.resolve();
  }
  const { asksUrl } = replayStore.get();
  replayStore.set({ ...nothing, seq, asksUrl });
  return attempt(seq, async () => {
    const answer = await ask('forward', { seq, url });
    switch (answer.status) {
      case 'answered':
        return say(seq, `Forwarded: answered ${answer.code} in ${answer.ms} ms.`);
      case 'gone':
        return say(seq, `Not forwarded: ${notSent.gone}.`);
      case 'refused':
      case 'not-reached':
        return replayStore.set({ seq, said: null, asksUrl: true, mistake: mistakeIn(answer) });
    }
  });
}

const mistakeIn = (answer: { status: 'refused' | 'not-reached'; message: string }): string =>
  answer.status === 'refused' ? `${answer.message}.` : `Not forwarded: ${answer.message}.`;
