import type { Query } from '../../shared/query.ts';
import styles from './SearchField.module.css';

/** Lies behind the field and draws the background of every filter in its text. */
export function QueryTokens({ query, scrolled }: { query: Query; scrolled: number }) {
  const { text, parts } = query;
  return (
    <div className={styles.tokens} aria-hidden="true">
      <div style={{ translate: `${-scrolled}px` }}>
        {parts.map((part, place) => (
          <span key={part.from}>
            {text.slice(parts[place - 1]?.to ?? 0, part.from)}
            <span
              className={styles.token}
              data-filter={(part.what !== 'text' && part.key !== null) || undefined}
            >
              {text.slice(part.from, part.to)}
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}
