import { useEffect, useRef } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { titleOf } from '../../shared/matching.ts';
import type { Pipe } from '../../shared/pipe.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { onPush } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { pipeWords } from '../words/pipe.ts';

/** Announces new events and a new state of the pipe to screen readers. */
export function useAnnouncements(app: AppState | null, providers: ProviderInfo[]): void {
  const unspoken = useRef(0);
  const status = useRef<Pipe['status'] | null>(null);

  useEffect(
    () =>
      onPush((push) => {
        const newest = push.what === 'added' ? push.entries.at(-1) : undefined;
        if (push.what !== 'added' || !newest) return;
        unspoken.current += push.entries.length;
        const provider = providers.find(({ id }) => id === newest.provider)?.name ?? 'A provider';
        announce(() => {
          const events = unspoken.current;
          unspoken.current = 0;
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
