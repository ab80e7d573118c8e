import { useEffect, useRef } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { titleOf } from '../../shared/matching.ts';
import type { Pipe } from '../../shared/pipe.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { onPush } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { pipeWords } from './pipe-words.ts';

/** Tells who cannot see the window what changed in it: new events, and the state of the pipe. */
export function useNews(app: AppState | null, providers: ProviderInfo[]): void {
  const untold = useRef(0);
  const status = useRef<Pipe['status'] | null>(null);

  useEffect(
    () =>
      onPush((push) => {
        const newest = push.what === 'added' ? push.entries.at(-1) : undefined;
        if (push.what !== 'added' || !newest) return;
        untold.current += push.entries.length;
        const provider = providers.find(({ id }) => id === newest.provider)?.name ?? 'A provider';
        announce(() => {
          const events = untold.current;
          untold.current = 0;
          return events === 1 ? titleOf(newest, provider) : `${events} new events`;
        });
      }),
    [providers],
  );

  useEffect(() => {
    if (!app || app.pipe.status === status.current) return;
    if (status.current !== null) announce(pipeWords(app.pipe).word);
    status.current = app.pipe.status;
  }, [app]);
}
