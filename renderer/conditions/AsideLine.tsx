import type { Condition } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import type { NameOf } from '../../shared/conditions/kind.ts';
import { useNow } from '../clock.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import styles from './Conditions.module.css';
import { stateWords } from './condition-words.ts';

type Props = { condition: Condition; nameOf: NameOf; onUndo: () => void };

/** A condition that is snoozed or known, with the way back. */
export function AsideLine({ condition: { id, reason, state }, nameOf, onUndo }: Props) {
  const now = useNow();
  const { title } = kindOf(reason).words(reason, nameOf);
  return (
    <li className={styles.line} data-aside>
      <p className={styles.words}>
        <CleanedText text={title} /> ·{' '}
        <span className={styles.since}>{stateWords(state, now)}</span>
      </p>
      <Button
        small
        look="quiet"
        aria-label={`Undo: ${title}`}
        onClick={() => {
          onUndo();
          void ask('reopenCondition', { id });
        }}
      >
        Undo
      </Button>
    </li>
  );
}
