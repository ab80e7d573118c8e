import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { needleOf } from '../../shared/matching.ts';
import { type FoundNode, findNodes } from './found-nodes.ts';
import styles from './JsonTree.module.css';
import type { JsonNode } from './json-source.ts';

type Props = {
  root: JsonNode;
  source: string;
  onShow: (found: FoundNode, needle: string) => void;
  onClear: () => void;
};

/** Searches keys and values. Enter goes to the next place, Shift+Enter back, Escape clears. */
export function TreeSearch({ root, source, onShow, onClear }: Props) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const needle = needleOf(text);
  const found = useMemo(() => findNodes(root, source, needle), [root, source, needle]);

  const goTo = (all: readonly FoundNode[], index: number, wanted: string) => {
    const to = (index + all.length) % Math.max(1, all.length);
    const one = all[to];
    setAt(to);
    if (one) onShow(one, wanted);
    else onClear();
  };
  const type = (typed: string) => {
    setText(typed);
    const wanted = needleOf(typed);
    goTo(findNodes(root, source, wanted), 0, wanted);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') goTo(found, at + (event.shiftKey ? -1 : 1), needle);
    else if (event.key === 'Escape' && text !== '') type('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <label className={styles.search}>
      <Search size={14} aria-hidden="true" />
      <input
        type="text"
        aria-label="Search this payload"
        placeholder="Search this payload"
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
      />
      <span className={styles.places} role="status">
        {needle === '' ? '' : found.length === 0 ? 'Not found' : `${at + 1} of ${found.length}`}
      </span>
    </label>
  );
}
