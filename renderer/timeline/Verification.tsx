import { CircleCheck, CircleDashed } from 'lucide-react';
import type { Proof } from '../../shared/event.ts';
import type { EntryDetail } from '../../shared/timeline.ts';
import { EventText } from '../ui/SourceText.tsx';
import styles from './Verification.module.css';

type Props = { proof: Proof; verification: EntryDetail['verification'] };

function verdictOf(proof: Proof): string {
  if (proof.status === 'trusted') {
    return 'Trusted: the provider signs nothing, and everything else that can be checked fits.';
  }
  return proof.secret === 0
    ? 'Verified: the signature fits the newest secret.'
    : 'Verified: the signature fits the older secret, which is being rotated out.';
}

export function Verification({ proof, verification: { checked, unproven } }: Props) {
  return (
    <>
      <p className={styles.verdict}>{verdictOf(proof)}</p>
      {checked.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>What was checked</h3>
          <ul className={styles.list}>
            {checked.map((words) => (
              <li key={words} data-checked>
                <CircleCheck size={16} aria-hidden="true" />
                <EventText text={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {unproven.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>What this does not prove</h3>
          <ul className={styles.list}>
            {unproven.map((words) => (
              <li key={words}>
                <CircleDashed size={16} aria-hidden="true" />
                <EventText text={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
