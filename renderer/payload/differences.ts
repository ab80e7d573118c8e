import { keyPath } from './json-rows.ts';
import { isContainer, type JsonNode } from './json-source.ts';

/** A body as it was parsed, with its text. */
export type Parsed = { readonly root: JsonNode; readonly source: string };

/** `before` and `after` are as the body has them: a number digit for digit. */
export type Difference = { readonly path: string } & (
  | { readonly what: 'added'; readonly after: string }
  | { readonly what: 'removed'; readonly before: string }
  | { readonly what: 'changed'; readonly before: string; readonly after: string }
);

export type Differences = {
  readonly all: readonly Difference[];
  /** There are more than these. */
  readonly more: boolean;
};

const most = 200;

type Pair = { readonly path: string; readonly before: JsonNode; readonly after: JsonNode };

/** The paths in which a body differs from one before it, in its order: at most 200. Keys in another order are no difference. */
export function differencesOf(before: Parsed, after: Parsed): Differences {
  const all: Difference[] = [];
  const pairs: Pair[] = [{ path: '$', before: before.root, after: after.root }];
  for (let pair = pairs.pop(); pair && all.length <= most; pair = pairs.pop()) {
    const { path } = pair;
    const [old, now] = [childrenOf(pair.before), childrenOf(pair.after)];
    if (!old || !now || pair.before.form !== pair.after.form) {
      const [was, is] = [textOf(pair.before, before), textOf(pair.after, after)];
      if (!areSame(pair, was, is)) all.push({ what: 'changed', path, before: was, after: is });
      continue;
    }
    const inner: Pair[] = [];
    for (const [key, node] of now) {
      const known = old.get(key);
      const at = `${path}${keyPath(key)}`;
      if (known) inner.push({ path: at, before: known, after: node });
      else all.push({ what: 'added', path: at, after: textOf(node, after) });
    }
    for (const [key, node] of old)
      if (!now.has(key))
        all.push({ what: 'removed', path: `${path}${keyPath(key)}`, before: textOf(node, before) });
    pairs.push(...inner.reverse());
  }
  return { all: all.slice(0, most), more: all.length > most };
}

const areSame = ({ before, after }: Pair, was: string, is: string): boolean =>
  before.form === 'string' && after.form === 'string'
    ? before.text === after.text
    : before.form === after.form && was === is;

/** Of keys that come twice the last one counts, as in every reader of JSON. Null for what is no container. */
function childrenOf(node: JsonNode): Map<string | number, JsonNode> | null {
  if (!isContainer(node)) return null;
  return node.form === 'object'
    ? new Map(node.members.map(({ key, node: inner }) => [key, inner]))
    : new Map(node.items.map((inner, at) => [at, inner]));
}

const textOf = ({ from, to }: JsonNode, { source }: Parsed): string => source.slice(from, to);
