import { Autocomplete } from '@base-ui/react/autocomplete';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Names } from '../../shared/matching.ts';
import { type Query, queryAtMost } from '../../shared/query.ts';
import popups from '../ui/Popups.module.css';
import { QueryTokens } from './QueryTokens.tsx';
import styles from './SearchField.module.css';
import { type Suggestion, suggestionsFor } from './suggestions.ts';

type Props = {
  query: Query;
  names: Names;
  /** Accounts of the rows at hand, to be suggested. */
  accounts: readonly string[];
  onType: (text: string) => void;
  /** Chosen or cleared: there is nothing to wait for. */
  onSearch: (text: string) => void;
  /** The keyboard goes to what was found. */
  onLeave: () => void;
};

export const searchId = 'search';

/** Why the list would open or close where `change` has already said so. */
const decided = new Set<string>(['item-press', 'input-change']);

/** One line of text with filters in it, which are suggested as they are typed. */
export function SearchField({ query, names, accounts, onType, onSearch, onLeave }: Props) {
  const { text } = query;
  const [cursor, setCursor] = useState(0);
  const [open, setOpen] = useState(false);
  const [scrolled, setScrolled] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const group = useRef<HTMLElement>(null);
  const wanted = useRef<number | null>(null);
  const suggestions = useMemo(
    () => suggestionsFor(text, Math.min(cursor, text.length), names, accounts),
    [text, cursor, names, accounts],
  );
  const isOpen = open && suggestions.length > 0;

  // A new value puts the cursor at its end; what was chosen in the middle of a query leaves it there.
  useLayoutEffect(() => {
    if (wanted.current === null || text === '') return;
    input.current?.setSelectionRange(wanted.current, wanted.current);
    setCursor(wanted.current);
    wanted.current = null;
  }, [text]);

  const change = (value: string, reason: string) => {
    const chosen = reason === 'item-press' ? suggestions.find((one) => one.text === value) : null;
    if (chosen) {
      wanted.current = chosen.cursor;
      onSearch(chosen.text);
      setOpen(chosen.goesOn);
    } else if (reason !== 'escape-key') {
      const place = input.current?.selectionStart ?? value.length;
      setCursor(place);
      // Behind a space nothing is begun yet; the arrow down shows what could be.
      setOpen(/\S$/.test(value.slice(0, place)));
      onType(value);
    }
  };

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || isOpen) return;
    if (event.key === 'Escape' && text !== '') {
      setOpen(false);
      onSearch('');
    } else if (event.key === 'Escape' || event.key === 'Enter') onLeave();
    else if (event.key === 'ArrowDown' && suggestions.length === 0) onLeave();
    else return;
    event.preventDefault();
  };

  return (
    <Autocomplete.Root
      mode="none"
      items={suggestions}
      value={text}
      open={isOpen}
      onOpenChange={(next, { reason }) => !decided.has(reason) && setOpen(next)}
      onValueChange={(value, { reason }) => change(value, reason)}
      itemToStringValue={(suggestion: Suggestion) => suggestion.text}
      openOnInputClick
    >
      <search ref={group} className={styles.field} data-filled={text !== '' || undefined}>
        <Search size={14} className={styles.icon} aria-hidden="true" />
        <div className={styles.line}>
          <QueryTokens query={query} scrolled={scrolled} />
          <Autocomplete.Input
            ref={input}
            id={searchId}
            className={styles.input}
            placeholder="Search"
            aria-label="Search the history"
            aria-keyshortcuts="/"
            autoComplete="off"
            spellCheck={false}
            maxLength={queryAtMost}
            onKeyDown={press}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          />
        </div>
        {text === '' ? (
          <kbd className={styles.key}>/</kbd>
        ) : (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear the search"
            onClick={() => {
              onSearch('');
              input.current?.focus();
            }}
          >
            <X size={14} aria-hidden="true" />
          </button>
        )}
      </search>
      <Autocomplete.Portal>
        <Autocomplete.Positioner
          className={popups.positioner}
          anchor={group}
          align="end"
          sideOffset={4}
        >
          <Autocomplete.Popup className={popups.menu} style={{ minWidth: 'var(--anchor-width)' }}>
            <Autocomplete.List aria-label="Filters">
              {(suggestion: Suggestion) => (
                <Autocomplete.Item
                  key={suggestion.token}
                  value={suggestion}
                  className={popups.item}
                >
                  <span className={popups.grow}>{suggestion.token}</span>
                  <span className={popups.hint}>{suggestion.hint}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
