import { Activity, FlaskConical, Keyboard, Plug, Rows3, Settings2 } from 'lucide-react';
import type { Page } from '../../shared/ipc.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Rail.module.css';

const places = [
  { page: 'timeline', word: 'Timeline', Icon: Rows3, key: 'g t' },
  { page: 'sources', word: 'Sources', Icon: Plug, key: 'g s' },
  { page: 'simulator', word: 'Simulate', Icon: FlaskConical, key: 'g m' },
  { page: 'health', word: 'Health', Icon: Activity, key: 'g h' },
  { page: 'settings', word: 'Settings', Icon: Settings2, key: 'g c' },
] as const satisfies { page: Page; word: string; Icon: unknown; key: string }[];

type Props = { page: Page; onGo: (page: Page) => void; onMap: () => void };

export function Rail({ page, onGo, onMap }: Props) {
  return (
    <nav className={styles.rail} aria-label="Pages">
      {places.map(({ page: place, word, Icon, key }) => (
        <button
          key={place}
          type="button"
          className={styles.place}
          aria-current={place === page ? 'page' : undefined}
          aria-keyshortcuts={key}
          onClick={() => onGo(place)}
        >
          <Icon size={16} aria-hidden="true" />
          {word}
        </button>
      ))}
      <span className={styles.space} />
      <IconButton label="Keyboard" shortcut="?" onClick={onMap}>
        <Keyboard size={16} />
      </IconButton>
    </nav>
  );
}
