import type { Condition } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import { OpenPlace } from '../outside/OpenPlace.tsx';
import { Button } from '../ui/Button.tsx';
import { act, type Doable } from './act.ts';
import styles from './Conditions.module.css';

type Props = {
  reason: Condition['reason'];
  /** Told before it is done. */
  onAct?: (remedy: Doable) => void;
};

/** The buttons of what helps, or why none does. */
export function Remedies({ reason, onAct }: Props) {
  const remedies = kindOf(reason).remedies(reason);
  return remedies.map((remedy, index) => {
    if (!remedy) return null;
    if (remedy.does === 'nothing')
      return (
        <span key={remedy.does} className={styles.why}>
          {remedy.why}
        </span>
      );
    if (remedy.does === 'open-place')
      return <OpenPlace key={remedy.does} place={remedy.place} small />;
    return (
      <Button
        key={remedy.verb}
        small
        look={index === 0 ? 'plain' : 'quiet'}
        onClick={() => {
          onAct?.(remedy);
          act(remedy);
        }}
      >
        {remedy.verb}
      </Button>
    );
  });
}
