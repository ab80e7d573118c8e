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
    const isOpen = open.has(row.node);
    if (event.key === 'ArrowDown') go(focusable + 1);
    else if (event.key === 'ArrowUp') go(focusable - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'ArrowRight' && isContainer(row.node)) {
      if (isOpen) go(focusable + 1);
      else toggle(row);
    } else if (event.key === 'ArrowLeft') {
      if (isOpen && row.more === 0 && isContainer(row.node)) toggle(row);
      else if (row.parent) go(rows.indexOf(row.parent));
    } else if (event.key === 'Enter' || event.key === ' ') toggle(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={tree} className={styles.tree} role="tree" aria-label="Payload">
      {rows.map((row, index) => (
        <TreeLine
          // A line is its node, and the line for "more" its node once again.
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
