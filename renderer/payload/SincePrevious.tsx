import { useEffect, useMemo, useState } from 'react';
import { count } from '../../shared/english.ts';
import { ask } from '../state.ts';
import { exactTime } from '../time.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import { type Difference, type Differences, differencesOf, type Parsed } from './differences.ts';
import { parseJson } from './json-source.ts';
import styles from './SincePrevious.module.css';

type Previous = { readonly receivedAt: number; readonly text: string };

/** What differs from the body of the event before it, of the same kind and account. Nothing where there is none. */
export function SincePrevious({ seq, now }: { seq: number; now: Parsed }) {
  const previous = usePrevious(seq);
  const found = useMemo(() => previous && differencesFrom(previous.text, now), [previous, now]);
  if (!previous || !found) return null;
  const { all, more } = found;
  const many = `${count(all.length, 'difference')}${more ? ' and more' : ''}`;
  return (
    <details className={styles.since}>
      <summary>
        {all.length === 0 ? 'No difference' : many} to the one before it, of{' '}
        {exactTime(previous.receivedAt)}
      </summary>
      <ul>
        {all.map((difference) => (
          <Line key={difference.path} difference={difference} />
        ))}
      </ul>
    </details>
  );
}

const marks = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

const Line = ({ difference }: { difference: Difference }) => (
  <li>
    <span className={styles.what} data-what={difference.what}>
      {marks[difference.what]}
    </span>
    <code className={styles.path}>
      <ExternalText text={difference.path} />
    </code>
    {'before' in difference ? (
      <del>
        <ExternalText text={cut(difference.before)} />
      </del>
    ) : null}
    {'after' in difference ? (
      <ins>
        <ExternalText text={cut(difference.after)} />
      </ins>
    ) : null}
  </li>
);

const longest = 300;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const differencesFrom = (text: string, now: Parsed): Differences | null => {
  const root = parseJson(text);
  return root && differencesOf({ root, source: text }, now);
};

function usePrevious(seq: number): Previous | null {
  const [previous, setPrevious] = useState<Previous | null>(null);
  useEffect(() => {
    let isWanted = true;
    ask('previous', { seq }).then((found) => {
      const text = found?.text ?? null;
      if (isWanted && found && text !== null) setPrevious({ receivedAt: found.receivedAt, text });
    }, console.error);
    return () => {
      isWanted = false;
    };
  }, [seq]);
  return previous;
}
