import type { Pipe } from '../../shared/pipe.ts';

export type PipeWords = { word: string; place: string; meaning: string };

export function pipeWords(pipe: Pipe): PipeWords {
  switch (pipe.status) {
    case 'connecting':
      return {
        word: 'Connecting',
        place: pipe.url === null ? '' : hostOf(pipe.url),
        meaning:
          pipe.url === null
            ? 'The way in is being opened. Nothing can arrive yet.'
            : 'The way in is being checked from outside.',
      };
    case 'receiving':
      return {
        word: 'Receiving',
        place: hostOf(pipe.url),
        meaning:
          pipe.by === 'probe'
            ? 'A request of our own came back through the public URL.'
            : 'A delivery came in through the public URL.',
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
        place: pipe.url === null ? `127.0.0.1:${pipe.port}` : hostOf(pipe.url),
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

/** The host of the public URL, as screens name it. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
