import { ChevronRight, Copy, Route } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { count } from '../../shared/english.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import styles from './JsonTree.module.css';
import { pathOf, type TreeRow } from './json-rows.ts';
import { isContainer, type JsonNode, sizeOf } from './json-source.ts';

type Props = {
  row: TreeRow;
  source: string;
  open: boolean;
  focusable: boolean;
  onFocus: () => void;
  onPress: (event: KeyboardEvent) => void;
  onToggle: () => void;
  onCopy: (text: string) => Promise<unknown>;
};

const deepestIndent = 16;

export function TreeLine(props: Props) {
  const { row, source, open, focusable, onFocus, onPress, onToggle, onCopy } = props;
  const { node, key, depth, more } = row;
  const container = isContainer(node);
  const copied = node.form === 'string' ? node.text : source.slice(node.from, node.to);

  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={container && more === 0 ? open : undefined}
      aria-selected={false}
      tabIndex={focusable ? 0 : -1}
      className={styles.line}
      style={{ paddingInlineStart: 4 + 14 * Math.min(depth, deepestIndent) }}
      onFocus={onFocus}
      onKeyDown={onPress}
      onClick={more > 0 || container ? onToggle : undefined}
    >
      {more > 0 ? (
        <span className={styles.more}>Show more of {count(more, 'other')}</span>
      ) : (
        <>
          <ChevronRight
            size={14}
            className={styles.arrow}
            data-open={open || undefined}
            data-leaf={!container || undefined}
            aria-hidden="true"
          />
          <span className={styles.words}>
            {key === null ? null : (
              <>
                <span className={typeof key === 'number' ? styles.place : styles.key}>
                  <ExternalText text={String(key)} />
                </span>
                <span className={styles.mark}>: </span>
              </>
            )}
            <Value node={node} source={source} open={open} />
          </span>
          <span className={styles.tools}>
            <LineTool label="Copy path" onRun={() => onCopy(pathOf(row))}>
              <Route size={14} />
            </LineTool>
            <LineTool label="Copy value" onRun={() => onCopy(copied)}>
              <Copy size={14} />
            </LineTool>
          </span>
        </>
      )}
    </div>
  );
}

type ToolProps = { label: string; onRun: () => void; children: React.ReactNode };

const LineTool = ({ label, onRun, children }: ToolProps) => (
  <button
    type="button"
    tabIndex={-1}
    className={styles.tool}
    aria-label={label}
    title={label}
    onClick={(event) => {
      event.stopPropagation();
      onRun();
    }}
  >
    {children}
  </button>
);

const longText = 1_000;

function Value({ node, source, open }: { node: JsonNode; source: string; open: boolean }) {
  const [whole, setWhole] = useState(false);

  if (isContainer(node)) {
    const [from, to, one] = node.form === 'object' ? ['{', '}', 'field'] : ['[', ']', 'item'];
    return (
      <span className={styles.mark}>
        {open ? from : `${from}…${to}`}
        <span className={styles.count}>{count(sizeOf(node), one)}</span>
      </span>
    );
  }
  if (node.form === 'number') {
    return <span className={styles.number}>{source.slice(node.from, node.to)}</span>;
  }
  if (node.form === 'literal') {
    return <span className={styles.literal}>{source.slice(node.from, node.to)}</span>;
  }
  const cut = !whole && node.text.length > longText;
  return (
    <span className={styles.string}>
      "<ExternalText text={cut ? node.text.slice(0, longText) : node.text} />
      {cut ? '…' : '"'}
      {cut ? (
        <button type="button" className={styles.rest} onClick={() => setWhole(true)}>
          Show all {count(node.text.length, 'character')}
        </button>
      ) : null}
    </span>
  );
}
