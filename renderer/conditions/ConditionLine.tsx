import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { Condition } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import type { NameOf } from '../../shared/conditions/kind.ts';
import { Ago } from '../ui/Ago.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import type { Doable } from './act.ts';
import styles from './Conditions.module.css';
import { Remedies } from './Remedies.tsx';
import { SetAside } from './SetAside.tsx';

type Props = {
  condition: Condition;
  nameOf: NameOf;
  onAct: (remedy: Doable) => void;
  onSetAside: () => void;
};

/** An open condition: its words, since when, what helps, and the ways to set it aside. */
export function ConditionLine({ condition, nameOf, onAct, onSetAside }: Props) {
  const { id, reason, since, grave } = condition;
  const { title, advice } = kindOf(reason).words(reason, nameOf);
  const Icon = grave ? TriangleAlert : CircleAlert;
  return (
    <li className={styles.line} data-condition={id} tabIndex={-1}>
      <Icon size={16} aria-hidden="true" />
      <p className={styles.words} title={`${title}. ${advice}`}>
        <strong>
          <CleanedText text={title} />
        </strong>{' '}
        <span className={styles.advice}>
          <CleanedText text={advice} />
        </span>{' '}
        <span className={styles.since}>
          <Ago at={since} form="lasting" />
        </span>
      </p>
      <Remedies reason={reason} onAct={onAct} />
      <SetAside condition={condition} title={title} onSetAside={onSetAside} />
    </li>
  );
}
