import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './Timeline.module.css';

type Props = { width: number; onResize: (width: number) => void };

export const listWidth = { least: 360, most: 480, usual: 420 } as const;
const step = 16;

const within = (width: number): number =>
  Math.round(Math.min(listWidth.most, Math.max(listWidth.least, width)));

export function Splitter({ width, onResize }: Props) {
  const drag = (event: PointerEvent<HTMLHRElement>) => {
    const handle = event.currentTarget;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const left = handle.parentElement?.getBoundingClientRect().left ?? 0;
    onResize(within(event.clientX - left));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') onResize(within(width - step));
    else if (event.key === 'ArrowRight') onResize(within(width + step));
    else return;
    event.preventDefault();
  };

  return (
    <hr
      className={styles.splitter}
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuemin={listWidth.least}
      aria-valuemax={listWidth.most}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onResize(listWidth.usual)}
      onKeyDown={press}
    />
  );
}
