import { CircleCheck, CircleDashed } from 'lucide-react';
import type { Proof } from '../../shared/event.ts';
import type { EntryDetail, TimelineEntry } from '../../shared/timeline.ts';
import { exactTime, iso } from '../time.ts';
import { CleanedText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import styles from './Verification.module.css';

type Props = {
  entry: Pick<TimelineEntry, 'proof' | 'importedAt'>;
  verification: EntryDetail['verification'];
};

function verdictOf(proof: Proof): string {
  if (proof.status === 'trusted') {
    return isKnown(proof)
      ? 'Trusted: not signed. What was checked fits, and what was not checked is told below.'
      : 'Trusted: not signed. What else was checked is not known.';
  }
  if (proof.secret === null) return 'Verified: the signature fits a secret of the source.';
  return proof.secret === 0
    ? 'Verified: the signature fits the secret that was the newest when it came.'
    : 'Verified: the signature fits the older of two secrets, which was being rotated out.';
}

const isKnown = ({ clientId, address }: Extract<Proof, { status: 'trusted' }>): boolean =>
  clientId !== 'not-told' && address !== 'not-told';

export function Verification({ entry, verification: { checked, unproven } }: Props) {
  const { proof, importedAt } = entry;
  return (
    <>
      <p className={styles.verdict}>{verdictOf(proof)}</p>
      {importedAt === undefined ? null : (
        <p className={styles.imported}>
          This is what an export says of it, which was read on{' '}
          <time dateTime={iso(importedAt)}>{exactTime(importedAt)}</time>. An export holds no
          signatures and no secrets, so nothing could be checked again here.
        </p>
      )}
      {checked.length === 0 ? null : (
        <section>
          <h3 className={`${lists.caption} ${styles.heading}`}>What was checked</h3>
          <ul className={styles.list}>
            {checked.map((words) => (
              <li key={words} data-checked>
                <CircleCheck size={16} aria-hidden="true" />
                <CleanedText text={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {unproven.length === 0 ? null : (
        <section>
          <h3 className={`${lists.caption} ${styles.heading}`}>What this does not prove</h3>
          <ul className={styles.list}>
            {unproven.map((words) => (
              <li key={words}>
                <CircleDashed size={16} aria-hidden="true" />
                <CleanedText text={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
