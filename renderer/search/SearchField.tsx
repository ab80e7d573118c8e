import { Autocomplete } from '@base-ui/react/autocomplete';
import { Search, X } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Names } from '../../shared/matching.ts';
import { type Query, queryAtMost } from '../../shared/query.ts';
import type { SavedSearch } from '../../shared/saved-search.ts';
import { keyFor } from '../ui/key-table.ts';
import popups from '../ui/Popups.module.css';
import { QueryTokens } from './QueryTokens.tsx';
import styles from './SearchField.module.css';
import { type Suggestion, suggestionsFor } from './suggestions.ts';

type Props = {
  query: Query;
  names: Names;
  accounts: readonly string[];
  searches: readonly SavedSearch[];
  onType: (text: string) => void;
  /** A suggestion was chosen, or the field was cleared. */
  onSearch: (text: string) => void;
  onLeave: () => void;
};

export const searchId = 'search';

/** Reasons for opening or closing that `change` has already handled. */
const decided = new Set<string>(['item-press', 'input-change']);

/** The search as one line of text. Filters are suggested while they are typed. */
export function SearchField(props: Props) {
  const { query, onSearch } = props;
  const { text } = query;
  const { input, suggestions, isOpen, setOpen, setCursor, change, press } = useSuggestions(props);
  const [scrolled, setScrolled] = useState(0);
  const group = useRef<HTMLElement>(null);

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
            aria-keyshortcuts={keyFor('search')}
            autoComplete="off"
            spellCheck={false}
            maxLength={queryAtMost}
            onKeyDown={press}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          />
        </div>
        {text === '' ? (
          <kbd className={styles.key}>{keyFor('search')}</kbd>
        ) : (
          <ClearButton
            onClear={() => {
              onSearch('');
              input.current?.focus();
            }}
          />
        )}
      </search>
      <SuggestionList anchor={group} />
    </Autocomplete.Root>
  );
}

/** Suggestions at the cursor, and what changes and keys of the field do. */
function useSuggestions(props: Props) {
  const { names, accounts, searches, onType, onSearch, onLeave } = props;
  const { text } = props.query;
  const [cursor, setCursor] = useState(0);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const wanted = useRef<number | null>(null);
  const suggestions = useMemo(
    () => suggestionsFor(text, Math.min(cursor, text.length), names, accounts, searches),
    [text, cursor, names, accounts, searches],
  );
  const isOpen = open && suggestions.length > 0;

  // A new value moves the cursor to its end; a suggestion chosen in the middle moves it back.
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
      // After a space, suggestions wait for the arrow down.
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

  return { input, suggestions, isOpen, setOpen, setCursor, change, press };
}

const ClearButton = ({ onClear }: { onClear: () => void }) => (
  <button type="button" className={styles.clear} aria-label="Clear the search" onClick={onClear}>
    <X size={14} aria-hidden="true" />
  </button>
);

const SuggestionList = ({ anchor }: { anchor: RefObject<HTMLElement | null> }) => (
  <Autocomplete.Portal>
    <Autocomplete.Positioner
      className={popups.positioner}
      anchor={anchor}
      align="end"
      sideOffset={4}
    >
      <Autocomplete.Popup className={popups.menu} style={{ minWidth: 'var(--anchor-width)' }}>
        <Autocomplete.List aria-label="Filters">
          {(suggestion: Suggestion) => (
            <Autocomplete.Item
              key={`${suggestion.token} ${suggestion.text}`}
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
);
