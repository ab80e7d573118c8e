import type { ReactNode } from 'react';
import type { Fact } from '../../shared/event.ts';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import styles from './FactList.module.css';

type Copy = (text: string) => Promise<unknown>;

export const FactTable = ({ children }: { children: ReactNode }) => <dl>{children}</dl>;

export const FactLine = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={`${lists.pair} ${styles.fact}`}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

export const CodeValue = ({ label, value, copy }: { label: string; value: string; copy: Copy }) => (
  <span className={styles.code}>
    <code>
      <CleanedText text={value} />
    </code>
    <CopyButton label={`Copy ${label.toLowerCase()}`} copy={() => copy(value)} />
  </span>
);

export const TimeValue = ({ at }: { at: number }) => (
  <>
    <time dateTime={iso(at)}>{exactTime(at)}</time>{' '}
    <span className={styles.ago}>
      <Ago at={at} />
    </span>
  </>
);

export function FactList({ facts, onCopy }: { facts: Fact[]; onCopy: Copy }) {
  return (
    <FactTable>
      {Object.entries(facts).map(([place, fact]) => (
        <FactLine key={place} label={fact.label}>
          <FactValue fact={fact} onCopy={onCopy} />
        </FactLine>
      ))}
    </FactTable>
  );
}

function FactValue({ fact, onCopy }: { fact: Fact; onCopy: Copy }) {
  switch (fact.form) {
    case 'text':
    case 'remark':
      return <CleanedText text={fact.value} />;
    case 'code':
    case 'amount':
      return <CodeValue label={fact.label} value={fact.value} copy={onCopy} />;
    case 'time':
      return <TimeValue at={fact.at} />;
  }
}
