import type { Pipe } from '../../shared/pipe.ts';

export type PipeWords = { word: string; place: string; meaning: string };

/** The state of the pipe in a word, where it listens, and what that means. */
export function pipeWords(pipe: Pipe): PipeWords {
  switch (pipe.status) {
    case 'connecting':
      return {
        word: 'Connecting',
        place: pipe.host ?? '',
        meaning:
          pipe.host === null
            ? 'The way in is being opened. Nothing can arrive yet.'
            : 'The way in is being checked from outside.',
      };
    case 'receiving':
      return {
        word: 'Receiving',
        place: pipe.host,
        meaning: 'A request of our own came back through the public URL.',
      };
    case 'local-only':
      return {
        word: 'Local only',
        place: `127.0.0.1:${pipe.port}`,
        meaning:
          'The receiver listens on this computer. Providers on the internet cannot reach it; the simulator can.',
      };
    case 'degraded':
      return {
        word: 'Degraded',
        place: pipe.host ?? `127.0.0.1:${pipe.port}`,
        meaning: `${pipe.why.title}. ${pipe.why.remedy}`,
      };
    case 'offline':
      return {
        word: 'Offline',
        place: '',
        meaning: `${pipe.why.title}. ${pipe.why.remedy} The history stays usable.`,
      };
  }
}
