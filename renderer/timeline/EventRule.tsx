import { Menu } from '@base-ui/react/menu';
import { BellOff, BellPlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { sentence } from '../../shared/english.ts';
import type { Rule, RuleAbout } from '../../shared/notification-rules.ts';
import { aboutsOf, isSilentByDefault, ruleFor } from '../../shared/rule-for.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { appStore, ask } from '../state.ts';
import { createStore, useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import { keyFor } from '../ui/key-table.ts';
import popups from '../ui/Popups.module.css';
import { whyNot } from '../words/problems.ts';
import { aboutName, verdictWords } from '../words/rules.ts';
import styles from './EventRule.module.css';

const wanted = createStore<{ seq: number | null }>({ seq: null });

/** Opens the menu of an event's rules once its detail is there. */
export const openRuleMenu = (seq: number): void => wanted.set({ seq });

type EventEntry = Extract<TimelineEntry, { status: 'event' }>;

/** The person's rule for events like this one: made, shown and undone in one place. */
export function EventRule({ entry }: { entry: TimelineEntry }) {
  return entry.status === 'event' ? <RuleOf key={entry.seq} entry={entry} /> : null;
}

function RuleOf({ entry }: { entry: EventEntry }) {
  const { app } = useStore(appStore);
  const { rules = [], sources = [] } = app ?? {};
  const rule = ruleFor(rules, entry);
  const [failure, setFailure] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useFocusAfterChange(rule, place);

  const settle = (change: Parameters<typeof whyNot>[0]) => void whyNot(change).then(setFailure);
  const add = (about: RuleAbout, says: Rule['says']) => settle(ask('addRule', { about, says }));

  return (
    <div ref={place} className={styles.rule}>
      {rule ? (
        <>
          <span>
            Your rule: {verdictWords[rule.says]}{' '}
            <CleanedText text={aboutName(rule.about, sources)} />
          </span>
          <Button
            small
            aria-label="Undo your rule"
            onClick={() => settle(ask('removeRule', { id: rule.id }))}
          >
            Undo
          </Button>
        </>
      ) : null}
      {sources.some(({ id }) => id === entry.sourceId) ? (
        <RuleMenu
          entry={entry}
          rule={rule}
          nameOf={(about) => aboutName(about, sources)}
          onChoose={add}
        />
      ) : null}
      {failure === null ? null : (
        <span className={styles.failed} role="alert">
          {failure}
        </span>
      )}
    </div>
  );
}

/** The button that was pressed is gone when the rule changes: its successor takes the focus. */
function useFocusAfterChange(
  rule: Rule | null,
  place: React.RefObject<HTMLDivElement | null>,
): void {
  const id = rule?.id ?? null;
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    const { activeElement, body } = document;
    if (activeElement === body || place.current?.contains(activeElement))
      place.current?.querySelector('button')?.focus();
  }, [id, place]);
}

type MenuProps = {
  entry: EventEntry;
  rule: Rule | null;
  nameOf: (about: RuleAbout) => string;
  onChoose: (about: RuleAbout, says: Rule['says']) => void;
};

function RuleMenu({ entry, rule, nameOf, onChoose }: MenuProps) {
  const [open, setOpen] = useState(false);
  const { seq } = useStore(wanted);
  useEffect(() => {
    if (seq !== entry.seq) return;
    wanted.set({ seq: null });
    setOpen(true);
  }, [seq, entry.seq]);

  const isSilent = isSilentByDefault(entry.event);
  const words = rule ? 'Change' : isSilent ? 'Also tell me' : 'Mute';
  const group = (says: Rule['says']) => (
    <RuleGroup
      says={says}
      abouts={aboutsOf(entry)}
      nameOf={nameOf}
      onChoose={(about) => onChoose(about, says)}
    />
  );

  return (
    <Menu.Root modal={false} open={open} onOpenChange={setOpen}>
      <Menu.Trigger
        render={
          <Button
            small
            look="quiet"
            icon={isSilent && !rule ? <BellPlus size={14} /> : <BellOff size={14} />}
            aria-keyshortcuts={keyFor('rule')}
          />
        }
      >
        {words}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={popups.positioner} align="start" sideOffset={4}>
          <Menu.Popup className={popups.menu}>
            {isSilent ? (
              <>
                {group('announce')}
                <Menu.Separator className={popups.separator} />
              </>
            ) : null}
            {group('mute')}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type GroupProps = Pick<MenuProps, 'nameOf'> & {
  says: Rule['says'];
  abouts: readonly RuleAbout[];
  onChoose: (about: RuleAbout) => void;
};

const RuleGroup = ({ says, abouts, nameOf, onChoose }: GroupProps) => (
  <Menu.Group>
    <Menu.GroupLabel className={popups.group}>{sentence(verdictWords[says])}</Menu.GroupLabel>
    {abouts.map((about) => (
      <Menu.Item key={about.what} className={popups.item} onClick={() => onChoose(about)}>
        {says === 'mute' ? <BellOff size={16} /> : <BellPlus size={16} />}
        <span>{thisWords[about.what]}</span>{' '}
        <span className={`${popups.hint} ${popups.grow}`}>
          <CleanedText text={nameOf(about)} />
        </span>
      </Menu.Item>
    ))}
  </Menu.Group>
);

const thisWords = {
  account: 'this account',
  collection: 'this collection',
  source: 'this source',
  kind: 'this kind',
} satisfies Record<RuleAbout['what'], string>;
