import { useEffect, useState } from 'react';
import { summaryOf, titleOf } from '../../shared/matching.ts';
import type { Related } from '../../shared/related.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { appStore, ask } from '../state.ts';
import { useStore } from '../store.ts';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { severityOf } from './entry-words.ts';
import styles from './RelatedRows.module.css';
import { timeline } from './timeline.ts';

const headings = {
  conflict: 'The same id, with other content',
  run: 'The same run',
  transaction: 'The same transaction',
  account: 'The same account',
} satisfies Record<Related['about'], string>;

/** Nothing is looked for while the person steps through the list. */
const patienceMs = 200;

/** The events near one that have something in common with it. */
export function RelatedRows({ seq }: { seq: number }) {
  const groups = useRelated(seq);
  return groups.map(({ about, entries, more, query }) => (
    <section key={about} className={styles.group} aria-label={headings[about]}>
      <h3 className={lists.caption}>{headings[about]}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <RelatedRow entry={entry} />
          </li>
        ))}
      </ul>
      {more ? (
        <Button small look="quiet" onClick={() => showAll(query)}>
          Show all in the list
        </Button>
      ) : null}
    </section>
  ));
}

function RelatedRow({ entry }: { entry: TimelineEntry }) {
  const { providers } = useStore(appStore);
  const provider = providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider;
  return (
    <button
      type="button"
      className={`${lists.rowButton} ${styles.row}`}
      onClick={() => open(entry)}
    >
      <SeverityMark severity={severityOf(entry)} isSpoken />
      <span className={styles.title}>
        <CleanedText text={titleOf(entry, provider)} />{' '}
        <span className={styles.summary}>
          <CleanedText text={summaryOf(entry)} />
        </span>
      </span>
      <time
        className={styles.time}
        dateTime={iso(entry.receivedAt)}
        title={exactTime(entry.receivedAt)}
      >
        <Ago at={entry.receivedAt} />
      </time>
    </button>
  );
}

/** The row goes with the event that it belongs to: the focus goes to the tab of the other. */
function open({ seq }: TimelineEntry): void {
  timeline.open(seq);
  document.querySelector<HTMLElement>('[data-detail] [role=tab][aria-selected=true]')?.focus();
}

function showAll(query: string): void {
  timeline.showFound(query);
  document.querySelector<HTMLElement>('[data-list]')?.focus();
}

function useRelated(seq: number): Related[] {
  const [groups, setGroups] = useState<Related[]>([]);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      ask('related', { seq }).then((found) => isWanted && setGroups(found), console.error);
    }, patienceMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [seq]);
  return groups;
}
