import type { Pipe } from '../../shared/app-state.ts';

export type PipeWords = { word: string; place: string; meaning: string };

/** The state of the pipe in a word, where it listens, and what that means. */
export function pipeWords(pipe: Pipe): PipeWords {
  switch (pipe.status) {
    case 'connecting':
      return {
        word: 'Connecting',
        place: '',
        meaning: 'The receiver is starting. Nothing can arrive yet.',
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
        place: pipe.host,
        meaning:
          'The receiver listens behind your own URL. Hookbell has not checked that it can be reached from outside.',
      };
    case 'offline':
      return {
        word: 'Offline',
        place: '',
        meaning: 'Nothing can arrive. The history stays usable.',
      };
  }
}
