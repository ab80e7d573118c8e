import { useMemo } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { parseQuery, withoutEntries } from '../../shared/query.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { goTo } from '../navigation.ts';
import { useStore } from '../store.ts';
import { timeline } from '../timeline/timeline.ts';
import { SearchField } from './SearchField.tsx';

const accountsAtMost = 50;
const rowsAtMost = 2_000;

export function HeaderSearch({ app, providers }: { app: AppState; providers: ProviderInfo[] }) {
  const { query, rows } = useStore(timeline.view);
  const names = useMemo(() => ({ sources: app.sources, providers }), [app.sources, providers]);
  const accounts = useMemo(() => {
    const known = rows
      .slice(0, rowsAtMost)
      .flatMap(({ entry }) =>
        entry?.status === 'event' && entry.event.account ? [entry.event.account.name] : [],
      );
    return [...new Set(known)].slice(0, accountsAtMost);
  }, [rows]);
  // The numbers of entries are no text that anyone reads; the line above the list has them in words.
  const { entries, rest } = withoutEntries(query);
  const shown = useMemo(() => parseQuery(rest, Date.now()), [rest]);
  const there = (task: (text: string) => void) => (text: string) => {
    goTo('timeline');
    task(entries === '' ? text : `${entries} ${text}`);
  };

  return (
    <SearchField
      query={entries === '' ? query : shown}
      names={names}
      accounts={accounts}
      searches={app.searches}
      onType={there(timeline.type)}
      onSearch={there(timeline.search)}
      onLeave={leave}
    />
  );
}

function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });
}
