import {
  Activity,
  Bell,
  FlaskConical,
  Keyboard,
  Plug,
  Rows3,
  Settings2,
  Timer,
  Wallet,
} from 'lucide-react';
import type { Page } from '../../shared/ipc.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { keyFor, keysTo } from '../ui/key-table.ts';
import styles from './Rail.module.css';

const places = [
  { page: 'timeline', word: 'Timeline', Icon: Rows3 },
  { page: 'accounts', word: 'Accounts', Icon: Wallet },
  { page: 'runs', word: 'Runs', Icon: Timer },
  { page: 'sources', word: 'Sources', Icon: Plug },
  { page: 'simulator', word: 'Simulate', Icon: FlaskConical },
  { page: 'notifications', word: 'Notify', Icon: Bell },
  { page: 'health', word: 'Health', Icon: Activity },
  { page: 'settings', word: 'Settings', Icon: Settings2 },
] as const satisfies { page: Page; word: string; Icon: unknown }[];

type Props = { page: Page; onGo: (page: Page) => void; onMap: () => void };

export function Rail({ page, onGo, onMap }: Props) {
  return (
    <nav className={styles.rail} aria-label="Pages">
      {places.map(({ page: place, word, Icon }) => (
        <button
          key={place}
          type="button"
          className={styles.place}
          aria-current={place === page ? 'page' : undefined}
          aria-keyshortcuts={keysTo(place)}
          onClick={() => onGo(place)}
        >
          <Icon size={16} aria-hidden="true" />
          {word}
        </button>
      ))}
      <span className={styles.space} />
      <IconButton label="Keyboard" shortcut={keyFor('map')} onClick={onMap}>
        <Keyboard size={16} />
      </IconButton>
    </nav>
  );
}
