import { kinds } from '../../shared/kinds.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { AppMark } from '../ui/AppMark.tsx';
import styles from './Notifications.module.css';

const examples: Record<DetailLevel, { title: string; lines: string[] }> = {
  full: {
    title: 'Binance could not sync',
    lines: ['API key was rejected by the exchange', 'Kryptos'],
  },
  'type-only': { title: kinds['sync.failed'].label, lines: ['Kryptos'] },
  'new-event': { title: 'New event', lines: [] },
};

export function NotificationPreview({ level }: { level: DetailLevel }) {
  const { title, lines } = examples[level];

  return (
    <figure className={styles.preview}>
      <figcaption>A failed sync of Binance would say</figcaption>
      <div className={styles.notification}>
        <AppMark size={32} />
        <div>
          <span className={styles.app}>Hookbell</span>
          <strong>{title}</strong>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
      </div>
    </figure>
  );
}
