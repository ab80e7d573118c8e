import { Search, X } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
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
import { placeAfter } from '../ui/place-after.ts';
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

/** The search as one line of text. Filters are suggested while they are typed. */
export function SearchField(props: Props) {
  const { query, onSearch } = props;
  const { text } = query;
  const field = useSuggestions(props);
  const { input, suggestions, at, setCursor } = field;
  const [scrolled, setScrolled] = useState(0);

  return (
    <search className={styles.field} data-filled={text !== '' || undefined}>
      <Search size={14} className={styles.icon} aria-hidden="true" />
      <div className={styles.line}>
        <QueryTokens query={query} scrolled={scrolled} />
        <input
          ref={input}
          id={searchId}
          className={styles.input}
          role="combobox"
          placeholder="Search"
          aria-label="Search the history"
          aria-keyshortcuts={keyFor('search')}
          aria-autocomplete="list"
          aria-expanded={field.isOpen}
          aria-controls={field.isOpen ? listId : undefined}
          aria-activedescendant={field.isOpen && at >= 0 ? optionId(at) : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={queryAtMost}
          value={text}
          onChange={(event) => field.change(event.currentTarget.value)}
          onKeyDown={field.press}
          onClick={field.open}
          onBlur={field.close}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
        />
      </div>
      {text === '' ? (
        <kbd className={styles.key}>{keyFor('search')}</kbd>
      ) : (
        <ClearButton
          onClear={() => {
            field.close();
            onSearch('');
            input.current?.focus();
          }}
        />
      )}
      {field.isOpen ? (
        <SuggestionList suggestions={suggestions} at={at} onChoose={field.choose} />
      ) : null}
    </search>
  );
}

/** Suggestions at the cursor, and what changes and keys of the field do. */
function useSuggestions(props: Props) {
  const { names, accounts, searches, onType, onSearch, onLeave } = props;
  const { text } = props.query;
  const [cursor, setCursor] = useState(0);
  const [isWanted, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const moveTo = useCursor(input, text, setCursor);
  const suggestions = useMemo(
    () => suggestionsFor(text, Math.min(cursor, text.length), names, accounts, searches),
    [text, cursor, names, accounts, searches],
  );
  const isOpen = isWanted && suggestions.length > 0;

  const show = (isShown: boolean, place = -1) => {
    setOpen(isShown);
    setAt(place);
  };
  const choose = (chosen: Suggestion) => {
    moveTo(chosen.cursor);
    show(chosen.goesOn);
    onSearch(chosen.text);
  };
  const change = (value: string) => {
    const place = input.current?.selectionStart ?? value.length;
    setCursor(place);
    // After a space, suggestions wait for the arrow down.
    show(/\S$/.test(value.slice(0, place)));
    onType(value);
  };

  const pressInList = (key: string): boolean => {
    const to = placeAfter(key, at, suggestions.length);
    const chosen = suggestions[at];
    if (to !== null) setAt(to);
    else if (key === 'Enter' && chosen) choose(chosen);
    else if (key === 'Enter' || key === 'Escape') setOpen(false);
    else return false;
    return true;
  };
  const pressAlone = (key: string): boolean => {
    if (key === 'Escape' && text !== '') {
      // Suggestions of an empty field would open over what was found.
      setOpen(false);
      onSearch('');
    } else if (key === 'ArrowDown' && suggestions.length > 0) {
      show(true, 0);
    } else if (key === 'Escape' || key === 'Enter' || key === 'ArrowDown') onLeave();
    else return false;
    return true;
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (isOpen ? pressInList(event.key) : pressAlone(event.key)) event.preventDefault();
  };

  const close = () => setOpen(false);
  const open = () => show(true);
  return { input, suggestions, isOpen, at, setCursor, open, close, change, choose, press };
}

/** A new value moves the cursor to its end; a suggestion chosen in the middle moves it back, to where the returned function is told. */
function useCursor(
  input: RefObject<HTMLInputElement | null>,
  text: string,
  onMove: (place: number) => void,
): (place: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null || text === '') return;
    input.current?.setSelectionRange(wanted.current, wanted.current);
    onMove(wanted.current);
    wanted.current = null;
  }, [text, input, onMove]);
  return (place) => {
    wanted.current = place;
  };
}

const ClearButton = ({ onClear }: { onClear: () => void }) => (
  <button type="button" className={styles.clear} aria-label="Clear the search" onClick={onClear}>
    <X size={14} aria-hidden="true" />
  </button>
);

const listId = 'search-suggestions';
const optionId = (at: number): string => `${listId}-${at}`;

type ListProps = {
  suggestions: readonly Suggestion[];
  at: number;
  onChoose: (suggestion: Suggestion) => void;
};

function SuggestionList({ suggestions, at, onChoose }: ListProps) {
  useEffect(() => {
    document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div
      id={listId}
      role="listbox"
      tabIndex={-1}
      aria-label="Filters"
      className={`${popups.menu} ${styles.suggestions}`}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, place) => (
        <button
          type="button"
          role="option"
          key={`${suggestion.token} ${suggestion.text}`}
          id={optionId(place)}
          tabIndex={-1}
          aria-selected={place === at}
          data-highlighted={place === at || undefined}
          className={`${popups.item} ${popups.option}`}
          onClick={() => onChoose(suggestion)}
        >
          <span className={popups.grow}>{suggestion.token}</span>
          <span className={popups.hint}>{suggestion.hint}</span>
        </button>
      ))}
    </div>
  );
}
