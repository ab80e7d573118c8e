import { ChevronRight, Copy, Route } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { count } from '../../shared/english.ts';
import { exactTime, iso } from '../time.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import { instantOf } from './epochs.ts';
import styles from './JsonTree.module.css';
import { copyText, pathOf, type TreeRow } from './json-rows.ts';
import { isContainer, type JsonNode, sizeOf } from './json-source.ts';

type Props = {
  row: TreeRow;
  source: string;
  open: boolean;
  focusable: boolean;
  /** The search stands at it. */
  found: boolean;
  /** What is searched for, folded. */
  needle: string | undefined;
  onFocus: () => void;
  onPress: (event: KeyboardEvent) => void;
  onToggle: () => void;
  onCopy: (text: string) => Promise<unknown>;
};

const deepestIndent = 16;

export function TreeLine(props: Props) {
  const { row, source, open, focusable, found, needle, onFocus, onPress, onToggle, onCopy } = props;
  const needles = needle === undefined ? [] : [needle];
  const { node, depth, more } = row;
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found) line.current?.scrollIntoView({ block: 'nearest' });
  }, [found]);
  const container = isContainer(node);

  return (
    <div
      ref={line}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={container && more === 0 ? open : undefined}
      aria-selected={false}
      tabIndex={focusable ? 0 : -1}
      className={styles.line}
      data-found={found || undefined}
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
            <KeyOf row={row} needles={needles} />
            <Value node={node} source={source} open={open} needles={needles} />
            <When row={row} source={source} />
          </span>
          <span className={styles.tools}>
            <LineTool label="Copy path" reached={focusable} onRun={() => onCopy(pathOf(row))}>
              <Route size={14} />
            </LineTool>
            <LineTool
              label="Copy value"
              reached={focusable}
              onRun={() => onCopy(copyText(row, source))}
            >
              <Copy size={14} />
            </LineTool>
          </span>
        </>
      )}
    </div>
  );
}

const KeyOf = ({ row: { key }, needles }: { row: TreeRow; needles: readonly string[] }) =>
  key === null ? null : (
    <>
      <span className={typeof key === 'number' ? styles.place : styles.key}>
        <ExternalText text={String(key)} needles={needles} />
      </span>
      <span className={styles.mark}>: </span>
    </>
  );

type ToolProps = { label: string; reached: boolean; onRun: () => void; children: React.ReactNode };

const LineTool = ({ label, reached, onRun, children }: ToolProps) => (
  <button
    type="button"
    tabIndex={reached ? 0 : -1}
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

/** The date of a number that is an instant. The number itself stays as it came. */
function When({ row: { node, key }, source }: { row: TreeRow; source: string }) {
  if (isContainer(node) || node.form === 'literal') return null;
  const at = instantOf(key, node.form === 'string' ? node.text : source.slice(node.from, node.to));
  return at === null ? null : (
    <time className={styles.when} dateTime={iso(at)}>
      {exactTime(at)}
    </time>
  );
}

type ValueProps = { node: JsonNode; source: string; open: boolean; needles: readonly string[] };

function Value({ node, source, open, needles }: ValueProps) {
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
    return (
      <span className={styles.number}>
        <ExternalText text={source.slice(node.from, node.to)} needles={needles} />
      </span>
    );
  }
  if (node.form === 'literal') {
    return <span className={styles.literal}>{source.slice(node.from, node.to)}</span>;
  }
  const cut = !whole && node.text.length > longText;
  return (
    <span className={styles.string}>
      "<ExternalText text={cut ? node.text.slice(0, longText) : node.text} needles={needles} />
      {cut ? '…' : '"'}
      {cut ? (
        <button type="button" className={styles.rest} onClick={() => setWhole(true)}>
          Show all {count(node.text.length, 'character')}
        </button>
      ) : null}
    </span>
  );
}
