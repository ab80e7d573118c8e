import { ContextMenu } from '@base-ui/react/context-menu';
import { type MouseEvent, type ReactElement, useRef } from 'react';
import popups from '../ui/Popups.module.css';
import { actionsOf, type EventAction } from './event-actions.ts';
import { indexOf } from './rows.ts';
import { timeline } from './timeline.ts';

/** The element of the list, with a menu for the row under the pointer, else for the selected one. */
export function EventMenu({ children }: { children: ReactElement }) {
  const chosen = useRef<EventAction | null>(null);
  // The focus is back in the list before the action moves it.
  const act = (isOpen: boolean) => {
    const action = chosen.current;
    chosen.current = null;
    if (!isOpen) action?.does();
  };
  return (
    <ContextMenu.Root onOpenChangeComplete={act}>
      <ContextMenu.Trigger
        render={children}
        onContextMenu={(event) => {
          if (!aim(event)) event.preventBaseUIHandler();
        }}
      />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={popups.positioner}>
          <ContextMenu.Popup className={popups.menu} aria-label="This event">
            <Actions
              onChoose={(action) => {
                chosen.current = action;
              }}
            />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Selects the row under the pointer. False where the menu would be about nothing. */
function aim({ target }: MouseEvent): boolean {
  const row = target instanceof Element ? target.closest('[role=option]') : null;
  const [, what, seq] = /^(entry|group)-(\d+)$/.exec(row?.id ?? '') ?? [];
  if (seq !== undefined) timeline.select({ seq: Number(seq), onHead: what === 'group' });
  return timeline.view.get().selected !== null;
}

function Actions({ onChoose }: { onChoose: (action: EventAction) => void }) {
  const { rows, selected } = timeline.view.get();
  const entry = selected === null ? null : rows[indexOf(rows, selected)]?.entry;
  if (!entry) return null;
  return actionsOf(entry).map((action) => (
    <ContextMenu.Item key={action.words} className={popups.item} onClick={() => onChoose(action)}>
      <span className={popups.grow}>{action.words}</span>
      <kbd className={popups.hint}>{action.keys}</kbd>
    </ContextMenu.Item>
  ));
}
