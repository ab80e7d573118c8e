import { Menu } from '@base-ui/react/menu';
import { Bell, BellOff, Moon, Pause, Play } from 'lucide-react';
import type { HoldView } from '../../shared/hold.ts';
import type { Page } from '../../shared/ipc.ts';
import { useNow } from '../clock.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { holdWords, pauseChoices } from '../words/holds.ts';
import { whyNot } from '../words/problems.ts';
import styles from './Header.module.css';

type Props = { hold: HoldView | null; onGo: (page: Page) => void };

const tell = (change: Parameters<typeof whyNot>[0], done: string): void => {
  void whyNot(change).then((failure) => announce(failure ?? done));
};

/** Pauses notifications; says until when they are held back. */
export function PauseMenu({ hold, onGo }: Props) {
  const now = useNow();
  const words = hold ? holdWords(hold, now) : null;

  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        render={
          <Button
            small
            look="quiet"
            icon={<TriggerIcon hold={hold} />}
            aria-label={words ? `Notifications: ${words}` : 'Pause notifications'}
            title={words ?? 'Pause notifications'}
          />
        }
      >
        {words ? <span className={styles.held}>{words}</span> : null}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={popups.menu}>
            {hold?.why === 'paused' ? (
              <>
                <Menu.Item
                  className={popups.item}
                  onClick={() => tell(ask('resume', undefined), 'Notifications are on again')}
                >
                  <Play size={16} />
                  <span className={popups.grow}>Resume</span>
                </Menu.Item>
                <Menu.Separator className={popups.separator} />
              </>
            ) : null}
            <Menu.Group>
              <Menu.GroupLabel className={popups.group}>Pause notifications</Menu.GroupLabel>
              {pauseChoices.map(({ length, words: choice }) => (
                <Menu.Item
                  key={length}
                  className={popups.item}
                  onClick={() => tell(ask('pause', { until: length }), 'Notifications are paused')}
                >
                  <Pause size={16} />
                  <span className={popups.grow}>{choice}</span>
                </Menu.Item>
              ))}
            </Menu.Group>
            <Menu.Separator className={popups.separator} />
            <Menu.Item className={popups.item} onClick={() => onGo('notifications')}>
              <Moon size={16} />
              <span className={popups.grow}>Rules and quiet hours</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function TriggerIcon({ hold }: { hold: HoldView | null }) {
  if (!hold) return <Bell size={14} />;
  return hold.why === 'paused' ? <BellOff size={14} /> : <Moon size={14} />;
}
