import { ChevronDown, TriangleAlert, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import type { Source } from '../../shared/source.ts';
import type { Action } from '../explanation.ts';
import { explain } from '../problems.ts';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useMedia } from '../ui/media.ts';
import { EventText } from '../ui/SourceText.tsx';
import styles from './NeedsYou.module.css';

type Props = {
  problems: Problem[];
  sources: Source[];
  onAct: (action: Action) => void;
  onDismiss: (code: string) => void;
};

const short = '(max-height: 560px), (max-width: 640px)';

/** What is still wrong and what to do about each: one line each while some are folded away, else the whole text. */
export function NeedsYou({ problems, sources, onAct, onDismiss }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const shownFolded = useMedia(short) ? 1 : 2;
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? 'A source';
  const strip = useRef<HTMLElement>(null);
  const hasActed = useRef(false);
  const act = (action: Action): void => {
    hasActed.current = action.does !== 'open';
    onAct(action);
  };
  const dismiss = (code: string): void => {
    hasActed.current = true;
    onDismiss(code);
  };
  // The button that was pressed goes with its problem, and the focus with it.
  useLayoutEffect(() => {
    if (!hasActed.current || problems.length === 0 || document.activeElement !== document.body)
      return;
    hasActed.current = false;
    strip.current?.focus();
  }, [problems]);
  const foldable = problems.length > shownFolded + 1;
  const shown = foldable && !unfolded ? problems.slice(0, shownFolded) : problems;

  return (
    <section
      ref={strip}
      tabIndex={-1}
      className={styles.strip}
      data-folded={foldable && !unfolded ? '' : undefined}
      aria-label="Needs you"
    >
      <ul className={styles.list}>
        {shown.map((problem, index) => {
          const { title, remedy, action, instead, readable, since } = explain(problem, nameOf);
          return (
            <li key={keyOf(problem, index)} className={styles.problem}>
              <TriangleAlert size={16} aria-hidden="true" />
              <p className={styles.words} title={`${title}. ${remedy}`}>
                <strong>
                  <EventText text={title} />
                </strong>{' '}
                <span className={styles.remedy}>
                  <EventText text={remedy} />
                </span>{' '}
                {since === null ? null : (
                  <span className={styles.since}>
                    <Ago at={since} form="lasting" />
                  </span>
                )}
              </p>
              {action ? (
                <Button small onClick={() => act(action)}>
                  {action.verb}
                </Button>
              ) : null}
              {instead ? (
                <Button small look="quiet" onClick={() => act(instead)}>
                  {instead.verb}
                </Button>
              ) : null}
              {readable ? (
                <IconButton label="I have read it" onClick={() => dismiss(problem.code)}>
                  <X size={16} />
                </IconButton>
              ) : null}
            </li>
          );
        })}
      </ul>
      {foldable ? (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          <ChevronDown size={14} aria-hidden="true" />
          {unfolded ? 'Show fewer' : `${problems.length - shownFolded} more`}
        </button>
      ) : null}
    </section>
  );
}

function keyOf(problem: Problem, index: number): string {
  if (problem.code === 'account-failing') return `${problem.code}-${problem.seq}`;
  if (problem.code === 'other-host') return `${problem.code}-${problem.host}`;
  return 'sourceId' in problem ? `${problem.code}-${problem.sourceId}` : `${problem.code}-${index}`;
}
