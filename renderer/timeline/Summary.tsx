import type { Condition } from '../../shared/condition.ts';
import { number } from '../../shared/english.ts';
import type { Fact, Health } from '../../shared/event.ts';
import { summaryOf } from '../../shared/matching.ts';
import type { OfferedPlace } from '../../shared/place-outside.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { readOwnNames, useOwnName } from '../insight/own-names.ts';
import { Rename } from '../insight/Rename.tsx';
import { Places } from '../outside/Places.tsx';
import { appStore, ask } from '../state.ts';
import { createStore, useStore } from '../store.ts';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { chipsOf } from './entry-words.ts';
import { CodeValue, FactLine, FactList, FactTable } from './FactList.tsx';
import { groupFacts } from './facts.ts';
import { NotificationFact } from './NotificationFact.tsx';
import { RelatedRows } from './RelatedRows.tsx';
import styles from './Summary.module.css';

type Props = {
  entry: TimelineEntry;
  /** Null while they are read; the lines below them wait too. */
  facts: Fact[] | null;
  places: OfferedPlace[];
  onCopy: (text: string) => Promise<unknown>;
};

/** The account is one of them. */
const mostFirst = 3;

const healthWords = {
  working: 'Works',
  failing: null,
  'failing-for-now': 'Fails for now',
  unchanged: null,
  removed: 'Removed',
} satisfies Record<Health, string | null>;

export function Summary({ entry, facts, places, onCopy }: Props) {
  const remarks = [...new Set([...chipsOf(entry).map(({ why }) => why), ...entry.notes])];
  const account = entry.status === 'event' ? entry.event.account : null;
  const groups = facts && groupFacts(facts, account ? mostFirst - 1 : mostFirst);

  return (
    <>
      {entry.status === 'event' ? (
        <EventTop entry={entry} first={groups?.first ?? []} />
      ) : (
        <Unrecognized entry={entry} />
      )}
      <Places places={places} />
      {groups ? <FactList facts={groups.rest} onCopy={onCopy} /> : null}
      <FactTable>
        <NotificationFact entry={entry} />
      </FactTable>
      {remarks.length === 0 || facts === null ? null : (
        <section className={styles.notes} aria-label="Notes">
          <h3>Notes</h3>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>
                <CleanedText text={remark} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {groups ? (
        <>
          <RelatedRows seq={entry.seq} />
          <Ids entry={entry} ids={groups.ids} onCopy={onCopy} />
        </>
      ) : null}
    </>
  );
}

type EventEntry = Extract<TimelineEntry, { status: 'event' }>;

/** One sentence, what still needs the person, and what matters most. */
function EventTop({ entry, first }: { entry: EventEntry; first: Fact[] }) {
  const { summary, account } = entry.event;
  const health = account && healthWords[account.health];
  return (
    <>
      {summary === '' ? null : (
        <p className={styles.sentence}>
          <CleanedText text={summary} />
        </p>
      )}
      <StillOpen entry={entry} />
      {account || first.length > 0 ? (
        <dl className={styles.first}>
          {account ? (
            <div>
              <dt>Account</dt>
              <dd>
                <span className={styles.account}>
                  <CleanedText text={account.name} />
                  <NameAccount entry={entry} account={account} />
                </span>
                {health === null ? null : <p className={styles.health}>{health}</p>}
              </dd>
            </div>
          ) : null}
          {first.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>
                <ShortFact fact={fact} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}

const ShortFact = ({ fact }: { fact: Fact }) =>
  fact.form === 'time' ? (
    <time dateTime={iso(fact.at)} title={exactTime(fact.at)}>
      <Ago at={fact.at} />
    </time>
  ) : (
    <CleanedText text={fact.value} />
  );

function NameAccount({
  entry,
  account: { id, name },
}: {
  entry: EventEntry;
  account: NonNullable<EventEntry['event']['account']>;
}) {
  const ownName = useOwnName(entry);
  const { sourceId } = entry;
  return (
    <Rename
      what={name}
      ownName={ownName}
      onGive={(given) => ask('nameAccount', { sourceId, accountId: id, name: given })}
      onDone={readOwnNames}
    />
  );
}

/** What is open of its account or run, in the words of its condition. */
function StillOpen({ entry }: { entry: EventEntry }) {
  const { app } = useStore(appStore);
  const condition = app?.conditions.find(({ reason }) => isAbout(reason, entry));
  if (!app || !condition) return null;
  const { reason, since, grave } = condition;
  const times = reason.code === 'account-failing' ? reason.failures : 1;
  return (
    <p className={styles.open} data-grave={grave || undefined}>
      <SeverityMark severity={grave ? 'error' : 'warning'} />
      <span>
        {reason.code === 'account-failing' ? 'This account fails, ' : 'This has not finished, '}
        <Ago at={since} form="lasting" />
        {times > 1 ? `, ${number(times)} times in a row` : ''}
      </span>
    </p>
  );
}

function isAbout(reason: Condition['reason'], { sourceId, simulated, event }: EventEntry): boolean {
  if (reason.code !== 'account-failing' && reason.code !== 'run-stuck') return false;
  if (reason.sourceId !== sourceId || reason.simulated !== simulated) return false;
  return reason.code === 'account-failing'
    ? reason.accountId === event.account?.id
    : reason.userId === event.run?.userId;
}

/** Whether ids are unfolded, for the events that are opened next too. */
const unfolded = createStore({ isOpen: false });

function Ids({ entry, ids, onCopy }: Pick<Props, 'entry' | 'onCopy'> & { ids: Fact[] }) {
  const { isOpen } = useStore(unfolded);
  if (entry.status === 'unrecognized' && entry.unreadable) return null;
  const type = entry.status === 'event' ? entry.event.type : entry.type;
  return (
    <details
      className={styles.ids}
      open={isOpen}
      onToggle={({ currentTarget }) => unfolded.set({ isOpen: currentTarget.open })}
    >
      <summary>Ids</summary>
      <FactList facts={ids} onCopy={onCopy} />
      <FactTable>
        <FactLine label="Event type">
          {type === null ? (
            'None was given'
          ) : (
            <CodeValue label="Event type" value={type} copy={onCopy} />
          )}
        </FactLine>
      </FactTable>
    </details>
  );
}

type UnrecognizedProps = {
  entry: Extract<TimelineEntry, { status: 'unrecognized' }>;
};

function Unrecognized({ entry }: UnrecognizedProps) {
  const { proof, unreadable } = entry;
  return (
    <p className={styles.sentence}>
      {proof.status === 'verified'
        ? 'The delivery is genuine: its signature fits.'
        : 'The delivery fits what this source checks, but no signature proves who sent it.'}{' '}
      {unreadable
        ? `${summaryOf(entry)}, so nothing can be told of it.`
        : 'This version of Hookbell does not know what it means.'}{' '}
      It is kept as it came
      {unreadable ? '.' : ', and a later version that knows it will read it.'}
    </p>
  );
}
