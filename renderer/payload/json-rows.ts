import { isContainer, type JsonNode, sizeOf } from './json-source.ts';

/** One visible line of the tree. `more`: the number of children that are not shown yet. */
export type TreeRow = {
  node: JsonNode;
  key: string | number | null;
  depth: number;
  parent: TreeRow | null;
  more: number;
};

export const childrenAtOnce = 100;

/** The visible lines in order. `shown`: how many children of an open node are visible. */
export function visibleRows(
  root: JsonNode,
  open: ReadonlySet<JsonNode>,
  shown: ReadonlyMap<JsonNode, number>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const next: TreeRow[] = [{ node: root, key: null, depth: 0, parent: null, more: 0 }];

  for (let row = next.pop(); row; row = next.pop()) {
    rows.push(row);
    if (row.more > 0 || !open.has(row.node) || !isContainer(row.node)) continue;
    const children = childrenOf(row, shown.get(row.node) ?? childrenAtOnce);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child) next.push(child);
    }
  }
  return rows;
}

function childrenOf(parent: TreeRow, atMost: number): TreeRow[] {
  const { node, depth } = parent;
  if (!isContainer(node)) return [];
  const line = (child: JsonNode, key: string | number): TreeRow => ({
    node: child,
    key,
    depth: depth + 1,
    parent,
    more: 0,
  });
  const lines =
    node.form === 'object'
      ? node.members.slice(0, atMost).map((member) => line(member.node, member.key))
      : node.items.slice(0, atMost).map(line);
  const more = sizeOf(node) - lines.length;
  return more > 0 ? [...lines, { node, key: null, depth: depth + 1, parent, more }] : lines;
}

const openedAtFirst = 60;

/** The nodes to open at first, from the outside in, about 60 lines. */
export function firstOpen(root: JsonNode): Set<JsonNode> {
  const open = new Set<JsonNode>();
  let layer = [root];
  let lines = 1;
  while (layer.length > 0) {
    const inner: JsonNode[] = [];
    for (const node of layer) {
      if (!isContainer(node)) continue;
      const size = sizeOf(node);
      if (node !== root && lines + size > openedAtFirst) continue;
      lines += size;
      open.add(node);
      if (size <= openedAtFirst) {
        inner.push(
          ...(node.form === 'object' ? node.members.map((member) => member.node) : node.items),
        );
      }
    }
    layer = inner;
  }
  return open;
}

const plainKey = /^[A-Za-z_$][\w$]*$/;

/** One step of a path: `.name`, `[3]` or `["odd name"]`. */
export function keyPath(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return plainKey.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

export function pathOf(row: TreeRow): string {
  const parts: string[] = [];
  for (let at: TreeRow | null = row; at?.parent; at = at.parent)
    if (at.key !== null) parts.push(keyPath(at.key));
  return `$${parts.reverse().join('')}`;
}

/** The value of a row as it is copied: a text without its quotes, all else as the body has it. */
export const copyText = ({ node }: TreeRow, source: string): string =>
  node.form === 'string' ? node.text : source.slice(node.from, node.to);
