import { X } from 'lucide-react';
import { type Query, withoutPart } from '../../shared/query.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import styles from './NothingFound.module.css';
import { partWords } from './query-words.ts';

type Props = { query: Query; onSearch: (text: string) => void };

export function NothingFound({ query, onSearch }: Props) {
  const parts = query.parts.filter(({ what }) => what !== 'unfinished');
  const unread = parts.length === 1 && parts[0]?.what === 'state' && parts[0].value === 'unread';
  if (unread && !parts[0]?.negated) {
    return (
      <Empty title="All read">
        <Button onClick={() => onSearch('')}>Show all events</Button>
      </Empty>
    );
  }

  return (
    <Empty title="No event fits">
      <p className={styles.parts}>
        {parts.map((part) => (
          <button
            key={part.from}
            type="button"
            className={styles.part}
            aria-label={`Search without ${partWords(part)}`}
            onClick={() => onSearch(withoutPart(query.text, part))}
          >
            <span className={styles.words}>{partWords(part)}</span>
            <X size={12} aria-hidden="true" />
          </button>
        ))}
      </p>
      <Button onClick={() => onSearch('')}>Clear the search</Button>
    </Empty>
  );
}
