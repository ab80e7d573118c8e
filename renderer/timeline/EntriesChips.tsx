import { X } from 'lucide-react';
import { type Query, withoutPart } from '../../shared/query.ts';
import styles from './EntriesChips.module.css';
import { partWords } from './query-words.ts';

type Props = { query: Query; onSearch: (text: string) => void };

/** The entries of a notification, in words. The field of the search leaves their numbers out. */
export const EntriesChips = ({ query, onSearch }: Props) =>
  query.parts.map((part) =>
    part.what === 'entries' ? (
      <button
        key={part.from}
        type="button"
        className={styles.chip}
        aria-label={`Search without ${partWords(part)}`}
        onClick={() => onSearch(withoutPart(query.text, part))}
      >
        {partWords(part)}
        <X size={12} aria-hidden="true" />
      </button>
    ) : null,
  );
