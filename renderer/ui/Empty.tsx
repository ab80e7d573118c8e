import type { ReactNode } from 'react';
import styles from './Empty.module.css';

type Props = { icon?: ReactNode; title: string; children?: ReactNode };

export function Empty({ icon, title, children }: Props) {
  return (
    <div className={styles.empty}>
      {icon ? <div className={styles.icon}>{icon}</div> : null}
      <h2 className={styles.title}>{title}</h2>
      {children}
    </div>
  );
}
