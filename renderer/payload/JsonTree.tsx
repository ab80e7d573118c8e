import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { FoundNode } from './found-nodes.ts';
import styles from './JsonTree.module.css';
import {
  childrenAtOnce,
  copyText,
  firstOpen,
  pathOf,
  type TreeRow,
  visibleRows,
} from './json-rows.ts';
import { isContainer, type JsonNode } from './json-source.ts';
import { TreeLine } from './TreeLine.tsx';
import { TreeSearch } from './TreeSearch.tsx';

type Props = { root: JsonNode; source: string; onCopy: (text: string) => Promise<unknown> };

export function JsonTree({ root, source, onCopy }: Props) {
  const { rows, open, current, found, setCurrent, toggle, show, clear } = useTree(root);
  const tree = useRef<HTMLDivElement>(null);

  const go = (index: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index));
    setCurrent(to);
    tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[to]?.focus();
  };

  const press = (event: KeyboardEvent) => {
    const row = rows[current];
    if (!row || !(event.target instanceof HTMLElement) || event.target.role !== 'treeitem') return;
    const copied = copyOf(event, row, source);
    const move = copied === null ? moveOf(event.key, rows, current, open) : null;
    if (copied !== null) void onCopy(copied);
    else if (move === 'toggle') toggle(row);
    else if (move !== null) go(move);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <TreeSearch root={root} source={source} onShow={show} onClear={clear} />
      <div ref={tree} className={styles.tree} role="tree" aria-label="Payload">
        {rows.map((row, index) => (
          <TreeLine
            // The line for "more" shares the node of its parent.
            key={`${row.node.from}-${row.node.to}-${row.more > 0}`}
            row={row}
            source={source}
            open={open.has(row.node)}
            focusable={index === current}
            found={found !== null && row.node === found.node && row.more === 0}
            needle={found?.needle}
            onFocus={() => setCurrent(index)}
            onPress={press}
            onToggle={() => toggle(row)}
            onCopy={onCopy}
          />
        ))}
      </div>
    </>
  );
}

type Found = { readonly node: JsonNode; readonly needle: string };

/** Which lines are there, which of them Tab reaches, and where the search stands. */
function useTree(root: JsonNode) {
  const [open, setOpen] = useState(() => firstOpen(root));
  const [shown, setShown] = useState<ReadonlyMap<JsonNode, number>>(new Map());
  const [current, setCurrent] = useState(0);
  const [found, setFound] = useState<Found | null>(null);
  const rows = useMemo(() => visibleRows(root, open, shown), [root, open, shown]);

  return {
    rows,
    open,
    current: Math.min(current, rows.length - 1),
    found,
    setCurrent,
    toggle: ({ node, more }: TreeRow) => {
      if (more > 0) {
        const before = shown.get(node) ?? childrenAtOnce;
        return setShown(new Map(shown).set(node, before + childrenAtOnce * 5));
      }
      if (!isContainer(node)) return;
      const changed = new Set(open);
      if (!changed.delete(node)) changed.add(node);
      setOpen(changed);
    },
    /** The line that was found becomes the one that Tab reaches. */
    show: ({ node, around, places }: FoundNode, needle: string) => {
      const opened = new Set([...open, ...around]);
      const unfolded = new Map(shown);
      around.forEach((outer, at) => {
        const least = (places[at] ?? 0) + 1;
        unfolded.set(outer, Math.max(shown.get(outer) ?? childrenAtOnce, least));
      });
      setOpen(opened);
      setShown(unfolded);
      setFound({ node, needle });
      setCurrent(visibleRows(root, opened, unfolded).findIndex((row) => row.node === node));
    },
    clear: () => setFound(null),
  };
}

/** What Ctrl/Cmd+C copies at a row: its value, with Shift its path. Null for any other key, and while text is selected. */
function copyOf(event: KeyboardEvent, row: TreeRow, source: string): string | null {
  const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
  if (!isCopy || row.more > 0) return null;
  if (event.shiftKey) return pathOf(row);
  return window.getSelection()?.isCollapsed === false ? null : copyText(row, source);
}

/** What a key does at a row, as in every tree: the index of the row to go to, or a toggle. Null for any other key. */
function moveOf(
  key: string,
  rows: readonly TreeRow[],
  at: number,
  open: ReadonlySet<JsonNode>,
): number | 'toggle' | null {
  const row = rows[at];
  if (!row) return null;
  const isOpen = open.has(row.node);
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'Enter':
    case ' ':
      return 'toggle';
    case 'ArrowRight':
      if (!isContainer(row.node)) return null;
      return isOpen ? at + 1 : 'toggle';
    case 'ArrowLeft':
      if (isOpen && row.more === 0 && isContainer(row.node)) return 'toggle';
      return row.parent ? rows.indexOf(row.parent) : at;
    default:
      return null;
  }
}
