import type { Refusal } from '../../shared/refusals.ts';

type Words = { label: string; hint: string };

export const refusalWords: Readonly<Record<Refusal, Words>> = {
  'wrong-token': {
    label: 'Wrong URL of a provider',
    hint: 'No source has this URL. Was it replaced, or copied with a mistake? Copy it again in Sources.',
  },
  'wrong-path': {
    label: 'No URL of any source',
    hint: 'Often programs that search the internet for servers. There is nothing to do.',
  },
  'wrong-method': {
    label: 'The URL of a source, but nothing posted',
    hint: 'Somebody may have opened the URL in a browser, or a portal may have tried whether it exists.',
  },
  'wrong-host': {
    label: 'Sent to another name for this computer',
    hint: 'If a proxy of yours stands before Hookbell, accept its name in “Needs you”, or let it pass on the Host header it was given.',
  },
  'from-browser': {
    label: 'Sent by a browser',
    hint: 'No provider does that. Web pages may not deliver, nor look whether Hookbell is here.',
  },
  'not-through-tunnel': {
    label: 'Sent past the tunnel',
    hint: 'While ngrok is the way in, nothing else on this computer may deliver.',
  },
  'too-many-failures': {
    label: 'Sent after too many failures',
    hint: 'Who fails more than 20 times in a minute is told to wait. What verifies is always taken.',
  },
  'share-used-up': {
    label: 'Beyond the share of a source',
    hint: 'No signature proves what it sends, and it has used up its share of the history. The sender was asked to try again.',
  },
  busy: {
    label: 'Too much at once',
    hint: 'Hookbell had no capacity for it within 5 s. The sender was asked to try again.',
  },
  locked: {
    label: 'Sent to a locked source',
    hint: 'Its secrets could not be read. The sender was asked to try again.',
  },
  'settings-lost': {
    label: 'Sent while the settings are lost',
    hint: 'It may be for a source that is not known any more. The sender was asked to try again.',
  },
  'not-kept': {
    label: 'Could not be kept',
    hint: 'The disk did not take it. The sender was asked to try again.',
  },
  malformed: {
    label: 'Broken off, or not HTTP',
    hint: 'The connection broke in the middle of a request, or something else was spoken on it.',
  },
  'unknown-expectation': {
    label: 'Something unknown expected',
    hint: 'Its Expect header asked for what Hookbell does not do.',
  },
  'headers-too-large': {
    label: 'Headers over 16 KiB, or more than 100',
    hint: 'No provider sends as much.',
  },
  'too-slow': {
    label: 'Too slow',
    hint: 'Headers have 10 s to arrive, a whole request 30 s, and after 5 s a body brings at least 16 KiB a second.',
  },
  'too-many-connections': {
    label: 'Too many connections at once',
    hint: 'More than 255 were open. The one that had waited longest to send anything was closed. Is a program on this computer running wild?',
  },
};
