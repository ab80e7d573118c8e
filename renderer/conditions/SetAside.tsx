import { Menu } from '@base-ui/react/menu';
import { AlarmClock, Check, Ellipsis, X } from 'lucide-react';
import type { Condition, SnoozeEnd } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import { ask } from '../state.ts';
import { IconButton } from '../ui/IconButton.tsx';
import popups from '../ui/Popups.module.css';

const dayMs = 86_400_000;

const snoozes: readonly { words: string; until: () => SnoozeEnd }[] = [
  { words: 'Snooze until it fails again', until: () => 'fails-again' },
  { words: 'Snooze for 1 day', until: () => Date.now() + dayMs },
  { words: 'Snooze for 1 week', until: () => Date.now() + 7 * dayMs },
];

type Props = {
  condition: Condition;
  /** For screen readers. */
  title: string;
  /** The condition is about to leave the list. */
  onSetAside?: () => void;
};

/** Snoozes or acknowledges a condition. One that stays until it is read has one button for that. */
export function SetAside({ condition: { id, reason }, title, onSetAside }: Props) {
  const acknowledge = () => {
    onSetAside?.();
    void ask('acknowledgeCondition', { id });
  };
  const snooze = (until: SnoozeEnd) => {
    onSetAside?.();
    void ask('snoozeCondition', { id, until });
  };
  if (kindOf(reason).staysUntilRead(reason))
    return (
      <IconButton label="I have read it" onClick={acknowledge}>
        <X size={16} />
      </IconButton>
    );
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        render={<IconButton label={`Set aside: ${title}`}>{<Ellipsis size={16} />}</IconButton>}
      />
      <Menu.Portal>
        <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={popups.menu}>
            {snoozes.map(({ words, until }) => (
              <Menu.Item key={words} className={popups.item} onClick={() => snooze(until())}>
                <AlarmClock size={16} />
                <span className={popups.grow}>{words}</span>
              </Menu.Item>
            ))}
            <Menu.Separator className={popups.separator} />
            <Menu.Item className={popups.item} onClick={acknowledge}>
              <Check size={16} />
              <span className={popups.grow}>I know</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
