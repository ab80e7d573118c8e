import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { count } from '../../shared/english.ts';
import type { Page } from '../../shared/ipc.ts';
import { queryAtMost } from '../../shared/query.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useAccounts } from '../insight/use-insight.ts';
import { showPalette } from '../navigation.ts';
import { ask } from '../state.ts';
import popups from '../ui/Popups.module.css';
import { placeAfter } from '../ui/place-after.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { findEvents } from './find-events.ts';
import { entryItem, type Item, itemsOf } from './items.ts';
import styles from './Palette.module.css';
import { type Group, ranked } from './rank.ts';

type Props = { open: boolean; app: AppState; providers: ProviderInfo[]; page: Page };

const eventsAtMost = 5;
const perHeading = 8;
const recentAtMost = 5;

/** The ids of what was done last, newest first, as long as the window lives. */
let recent: readonly string[] = [];

function remember({ id, heading }: Item): void {
  if (heading === 'Events') return;
  recent = [id, ...recent.filter((one) => one !== id)].slice(0, recentAtMost);
}

/** Everything by its name: commands, pages, sources, accounts, what needs the person, and events. */
export function Palette({ open, ...inside }: Props) {
  const chosen = useRef<Item | null>(null);
  const choose = (item: Item) => {
    chosen.current = item;
    showPalette(false);
  };
  // The focus is back where it was before the command moves it.
  const act = (isOpen: boolean) => {
    const item = chosen.current;
    chosen.current = null;
    if (isOpen || !item) return;
    remember(item);
    void item.does();
  };
  return (
    <Dialog.Root open={open} onOpenChange={showPalette} onOpenChangeComplete={act}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.palette} aria-label="Commands">
          <Inside {...inside} onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type InsideProps = Omit<Props, 'open'> & { onChoose: (item: Item) => void };

function Inside({ onChoose, ...listed }: InsideProps) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const groups = useGroups(typed, listed);
  const items = groups.flatMap((group) => group.items);
  const place = Math.min(at, items.length - 1);
  const current = items[place];
  useInView(current?.id);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = placeFor(event.key, place, items.length);
    if (event.key === 'Enter' && current) onChoose(current);
    else if (to !== null) setAt(to);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-label="Find a command, page, source, account or event"
        aria-expanded={items.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={current && optionId(current)}
        aria-autocomplete="list"
        placeholder="Find anything"
        autoComplete="off"
        spellCheck={false}
        maxLength={queryAtMost}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id="palette-list" role="listbox" aria-label="Found" className={styles.list}>
        {groups.map(({ heading, items: some }) => (
          <fieldset key={heading} className={styles.part} aria-label={heading}>
            <div className={popups.group} aria-hidden="true">
              {heading}
            </div>
            {some.map((item) => (
              <Option key={item.id} item={item} isCurrent={item === current} onChoose={onChoose} />
            ))}
          </fieldset>
        ))}
      </div>
      {items.length === 0 ? <p className={styles.none}>Nothing is called so.</p> : null}
      <VisuallyHidden>
        <span role="status">{count(items.length, 'result')}</span>
      </VisuallyHidden>
    </>
  );
}

const optionId = ({ id }: Item): string => `palette ${id}`.replaceAll(/\s/g, '_');

type OptionProps = { item: Item; isCurrent: boolean; onChoose: (item: Item) => void };

const Option = ({ item, isCurrent, onChoose }: OptionProps) => (
  <button
    type="button"
    id={optionId(item)}
    role="option"
    tabIndex={-1}
    aria-selected={isCurrent}
    className={`${popups.item} ${popups.option}`}
    data-highlighted={isCurrent || undefined}
    onClick={() => onChoose(item)}
    onMouseDown={(event) => event.preventDefault()}
  >
    <span className={popups.grow}>{item.words}</span>
    {item.hint ? <span className={popups.hint}>{item.hint}</span> : null}
    {item.keys ? <kbd className={styles.key}>{item.keys}</kbd> : null}
  </button>
);

/** Where a key leads; null where it leads nowhere. */
function placeFor(key: string, at: number, length: number): number | null {
  if (length > 0 && key === 'Home') return 0;
  if (length > 0 && key === 'End') return length - 1;
  return placeAfter(key, at, length);
}

function useInView(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    document.querySelector('#palette-list [aria-selected=true]')?.scrollIntoView({
      block: 'nearest',
    });
  }, [id]);
}

/** What fits. Accounts and events come when main has answered; the rest is there at once. */
function useGroups(typed: string, listed: Omit<InsideProps, 'onChoose'>): Group<Item>[] {
  const { app, page, providers } = listed;
  const accounts = useAccounts(app.insight).value?.accounts;
  const entries = useEvents(typed);
  const items = useMemo(
    () => itemsOf({ app, page, providers, accounts: accounts ?? [] }),
    [app, page, providers, accounts],
  );
  return useMemo(() => {
    const events = entries.map((entry) => entryItem(entry, providers, Date.now()));
    const found = ranked(items, typed, recent, perHeading);
    return events.length === 0 ? found : [...found, { heading: 'Events', items: events }];
  }, [items, entries, typed, providers]);
}

function useEvents(typed: string): readonly TimelineEntry[] {
  const [entries, setEntries] = useState<readonly TimelineEntry[]>([]);
  const text = typed.trim();
  useEffect(() => {
    if (text === '') {
      setEntries([]);
      return;
    }
    let isWanted = true;
    findEvents(ask, text, eventsAtMost, () => isWanted).then(
      (found) => isWanted && setEntries(found),
      console.error,
    );
    return () => {
      isWanted = false;
    };
  }, [text]);
  return entries;
}
