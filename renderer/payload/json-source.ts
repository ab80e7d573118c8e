type Span = { from: number; to: number };

/** A value with its place in the text, so that numbers are shown digit for digit. */
export type JsonNode =
  | (Span & { form: 'object'; members: { key: string; node: JsonNode }[] })
  | (Span & { form: 'array'; items: JsonNode[] })
  | (Span & { form: 'string'; text: string })
  | (Span & { form: 'number' })
  | (Span & { form: 'literal' });

type Container = Extract<JsonNode, { form: 'object' | 'array' }>;

/** JSON's scalars, and the NaN and Infinity of Python's json.dumps. */
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity/y;
const space = /[ \t\r\n]*/y;

class NotJson extends Error {}

/** Null where the text is not JSON. No depth overflows the stack. */
export function parseJson(text: string): JsonNode | null {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

function read(text: string): JsonNode {
  const around: Container[] = [];
  let at = skip(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);

  for (;;) {
    const parent = around[around.length - 1];
    let key = '';
    if (parent?.form === 'object') {
      const name = readString(text, at);
      key = name.text;
      at = skip(text, expect(text, ':', skip(text, name.to)));
    }

    const node = readValue(text, at);
    if (parent?.form === 'object') parent.members.push({ key, node });
    else parent?.items.push(node);
    at = skip(text, node.to);

    if (isContainer(node)) {
      if (text[at] !== closing(node)) {
        around.push(node);
        continue;
      }
      at += 1;
      node.to = at;
    }

    let root: JsonNode = node;
    for (;;) {
      at = skip(text, at);
      const open = around[around.length - 1];
      if (!open) {
        if (at !== text.length) throw new NotJson();
        return root;
      }
      if (text[at] === ',') {
        at = skip(text, at + 1);
        break;
      }
      at = expect(text, closing(open), at);
      open.to = at;
      root = open;
      around.pop();
    }
  }
}

export const isContainer = (node: JsonNode): node is Container =>
  node.form === 'object' || node.form === 'array';

export const sizeOf = (node: Container): number =>
  node.form === 'object' ? node.members.length : node.items.length;

const closing = (node: Container): string => (node.form === 'object' ? '}' : ']');

function skip(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function expect(text: string, character: string, at: number): number {
  if (text[at] !== character) throw new NotJson();
  return at + 1;
}

function readValue(text: string, at: number): JsonNode {
  const first = text[at];
  if (first === '{') return { form: 'object', members: [], from: at, to: at + 1 };
  if (first === '[') return { form: 'array', items: [], from: at, to: at + 1 };
  if (first === '"') return readString(text, at);
  scalar.lastIndex = at;
  if (!scalar.test(text)) throw new NotJson();
  const form = /\d/.test(text[scalar.lastIndex - 1] ?? '') ? 'number' : 'literal';
  return { form, from: at, to: scalar.lastIndex };
}

function readString(text: string, at: number): Extract<JsonNode, { form: 'string' }> {
  if (text[at] !== '"') throw new NotJson();
  let to = at + 1;
  while (to < text.length && text[to] !== '"') to += text[to] === '\\' ? 2 : 1;
  try {
    const read: unknown = JSON.parse(text.slice(at, to + 1));
    return { form: 'string', text: String(read), from: at, to: to + 1 };
  } catch {
    throw new NotJson();
  }
}
