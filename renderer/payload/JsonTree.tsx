import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import styles from './JsonTree.module.css';
import { childrenAtOnce, firstOpen, type TreeRow, visibleRows } from './json-rows.ts';
import { isContainer, type JsonNode } from './json-source.ts';
import { TreeLine } from './TreeLine.tsx';

type Props = { root: JsonNode; source: string; onCopy: (text: string) => Promise<unknown> };

export function JsonTree({ root, source, onCopy }: Props) {
  const [open, setOpen] = useState(() => firstOpen(root));
  const [shown, setShown] = useState<ReadonlyMap<JsonNode, number>>(new Map());
  const [current, setCurrent] = useState(0);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleRows(root, open, shown), [root, open, shown]);
  const focusable = Math.min(current, rows.length - 1);

  const toggle = ({ node, more }: TreeRow) => {
    if (more > 0) {
      setShown(new Map(shown).set(node, (shown.get(node) ?? childrenAtOnce) + childrenAtOnce * 5));
      return;
    }
    if (!isContainer(node)) return;
    const changed = new Set(open);
    if (!changed.delete(node)) changed.add(node);
    setOpen(changed);
  };

  const go = (index: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index));
    setCurrent(to);
    tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[to]?.focus();
  };

  const press = (event: KeyboardEvent) => {
    const row = rows[focusable];
    if (!row || !(event.target instanceof HTMLElement) || event.target.role !== 'treeitem') return;
    const move = moveOf(event.key, rows, focusable, open);
    if (move === null) return;
    if (move === 'toggle') toggle(row);
    else go(move);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={tree} className={styles.tree} role="tree" aria-label="Payload">
      {rows.map((row, index) => (
        <TreeLine
          // The line for "more" shares the node of its parent.
          key={`${row.node.from}-${row.node.to}-${row.more > 0}`}
          row={row}
          source={source}
          open={open.has(row.node)}
          focusable={index === focusable}
          onFocus={() => setCurrent(index)}
          onPress={press}
          onToggle={() => toggle(row)}
          onCopy={onCopy}
        />
      ))}
    </div>
  );
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
