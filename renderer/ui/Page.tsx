import type { ReactNode } from 'react';
import lists from './Lists.module.css';
import styles from './Page.module.css';

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

export const Page = ({ title, lead, actions, children }: Props) => (
  <div className={styles.page}>
    <div className={styles.sheet}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
        </div>
        {actions}
      </header>
      {children}
    </div>
  </div>
);

type SectionProps = { title: string; hint?: ReactNode; children: ReactNode };

export const Section = ({ title, hint, children }: SectionProps) => (
  <section className={styles.section}>
    <h2 className={styles.heading}>{title}</h2>
    {hint ? <p className={styles.hint}>{hint}</p> : null}
    {children}
  </section>
);

export const Card = ({ children }: { children: ReactNode }) => (
  <div className={lists.card}>{children}</div>
);

type LineProps = { label: ReactNode; hint?: ReactNode; children?: ReactNode };

export const Line = ({ label, hint, children }: LineProps) => (
  <div className={styles.line}>
    <div className={styles.label}>
      {label}
      {hint ? <p className={styles.hint}>{hint}</p> : null}
    </div>
    <div className={styles.value}>{children}</div>
  </div>
);
