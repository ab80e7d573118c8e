import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { openOnes } from '../../shared/conditions/conditions.ts';
import { number } from '../../shared/english.ts';
import { forgetCondition, goTo, navigationStore } from '../navigation.ts';
import { useStore } from '../store.ts';
import { AsideLine } from './AsideLine.tsx';
import { type Doable, leadsAway } from './act.ts';
import { ConditionLine } from './ConditionLine.tsx';
import styles from './Conditions.module.css';
import { asideWords, nameIn } from './condition-words.ts';

type Props = { app: Pick<AppState, 'conditions' | 'sources'> };

/** What needs the person, in one line: the gravest with its verb. On demand all of it, and what was set aside. */
export function NeedsYou({ app: { conditions, sources } }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const [showsAside, setShowsAside] = useState(false);
  const strip = useRef<HTMLElement>(null);
  const willLeave = useFocusKept(strip);
  const open = openOnes(conditions);
  const aside = conditions.filter(({ state }) => state.status !== 'open');
  useOpenedCondition(strip, open, unfolded, () => setUnfolded(true));

  if (open.length === 0) return null;
  const isFoldable = open.length > 1;
  const shown = unfolded ? open : open.slice(0, 1);
  const nameOf = nameIn(sources);
  const showsFoot = isFoldable || aside.length > 0;
  return (
    <section
      ref={strip}
      tabIndex={-1}
      className={styles.strip}
      data-folded={isFoldable && !unfolded ? '' : undefined}
      aria-label="Needs you"
    >
      <ul>
        {shown.map((condition) => (
          <ConditionLine
            key={condition.id}
            condition={condition}
            nameOf={nameOf}
            onAct={(remedy: Doable) => willLeave(!leadsAway(remedy))}
            onSetAside={() => willLeave(true)}
          />
        ))}
        {showsAside && (unfolded || !isFoldable)
          ? aside.map((condition) => (
              <AsideLine
                key={condition.id}
                condition={condition}
                nameOf={nameOf}
                onUndo={() => willLeave(true)}
              />
            ))
          : null}
      </ul>
      {showsFoot ? (
        <div className={styles.foot}>
          {isFoldable ? (
            <Fold isOpen={unfolded} onToggle={() => setUnfolded(!unfolded)}>
              {unfolded ? 'Show only the gravest' : `Show all ${number(open.length)}`}
            </Fold>
          ) : null}
          {aside.length > 0 && (unfolded || !isFoldable) ? (
            <Fold isOpen={showsAside} onToggle={() => setShowsAside(!showsAside)}>
              {asideWords(aside.map(({ state }) => state))}
            </Fold>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

type FoldProps = { isOpen: boolean; onToggle: () => void; children: ReactNode };

const Fold = ({ isOpen, onToggle, children }: FoldProps) => (
  <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onToggle}>
    <ChevronDown size={14} aria-hidden="true" />
    {children}
  </button>
);

type Strip = { readonly current: HTMLElement | null };

/** The pressed button goes with its line, and would take the focus with it: to the strip, or to the page where the strip goes too. */
function useFocusKept(strip: Strip): (is: boolean) => void {
  const isLeaving = useRef(false);
  useLayoutEffect(() => {
    if (!isLeaving.current || document.activeElement !== document.body) return;
    isLeaving.current = false;
    (strip.current ?? document.querySelector<HTMLElement>('main'))?.focus();
  });
  return (is) => {
    isLeaving.current = is;
  };
}

/** Shows the condition that a notification or the tray asked for; on the page Health where it is open no more. */
function useOpenedCondition(
  strip: Strip,
  open: readonly { readonly id: string }[],
  unfolded: boolean,
  unfold: () => void,
): void {
  const { condition } = useStore(navigationStore);
  useEffect(() => {
    if (condition === null) return;
    const place = open.findIndex(({ id }) => id === condition);
    if (place > 0 && !unfolded) return unfold();
    if (place < 0) goTo('health');
    strip.current
      ?.querySelector<HTMLElement>(`[data-condition="${CSS.escape(condition)}"]`)
      ?.focus();
    forgetCondition();
  });
}
