import { useMemo } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { goTo } from '../navigation.ts';
import { useStore } from '../store.ts';
import { search, timelineStore, typed } from '../timeline/timeline-state.ts';
import { SearchField } from './SearchField.tsx';

const accountsAtMost = 50;
const rowsAtMost = 2_000;

/** The search of the timeline, from wherever one is. */
export function HeaderSearch({ app, providers }: { app: AppState; providers: ProviderInfo[] }) {
  const { query, rows } = useStore(timelineStore);
  const names = useMemo(() => ({ sources: app.sources, providers }), [app.sources, providers]);
  const accounts = useMemo(() => {
    const known = rows
      .slice(0, rowsAtMost)
      .flatMap(({ entry }) =>
        entry?.status === 'event' && entry.event.account ? [entry.event.account.name] : [],
      );
    return [...new Set(known)].slice(0, accountsAtMost);
  }, [rows]);
  const there = (task: (text: string) => void) => (text: string) => {
    goTo('timeline');
    task(text);
  };

  return (
    <SearchField
      query={query}
      names={names}
      accounts={accounts}
      onType={there(typed)}
      onSearch={there(search)}
      onLeave={leave}
    />
  );
}

function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });
}
