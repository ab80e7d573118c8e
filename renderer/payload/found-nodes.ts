import { folded } from '../../shared/matching.ts';
import { isContainer, type JsonNode } from './json-source.ts';

/** A node that was found, and the containers around it, from the outside in. `places`: where each of them holds the next. */
export type FoundNode = {
  readonly node: JsonNode;
  readonly around: readonly JsonNode[];
  readonly places: readonly number[];
};

const most = 500;

type Step = {
  readonly node: JsonNode;
  readonly key: string;
  readonly up: Step | null;
  readonly place: number;
};

/** The nodes whose key or value contains a text, in the order of the tree: at most 500. `needle` is folded. */
export function findNodes(root: JsonNode, source: string, needle: string): FoundNode[] {
  const found: FoundNode[] = [];
  if (needle === '') return found;
  const next: Step[] = [{ node: root, key: '', up: null, place: 0 }];
  for (let step = next.pop(); step && found.length < most; step = next.pop()) {
    const { node } = step;
    if (folded(step.key).includes(needle) || folded(scalarIn(node, source)).includes(needle))
      found.push(foundAt(step));
    if (!isContainer(node)) continue;
    const inner =
      node.form === 'object'
        ? node.members.map((member, place) => ({ ...member, up: step, place }))
        : node.items.map((item, place) => ({ node: item, key: '', up: step, place }));
    for (const one of inner.reverse()) next.push(one);
  }
  return found;
}

const scalarIn = (node: JsonNode, source: string): string => {
  if (isContainer(node)) return '';
  return node.form === 'string' ? node.text : source.slice(node.from, node.to);
};

function foundAt(step: Step): FoundNode {
  const around: JsonNode[] = [];
  const places: number[] = [];
  for (let at: Step = step; at.up; at = at.up) {
    around.unshift(at.up.node);
    places.unshift(at.place);
  }
  return { node: step.node, around, places };
}
