import { rowKinds } from '../../shared/kinds.ts';
import { type Query, type QueryPart, states } from '../../shared/query.ts';
import { list } from '../words.ts';
import { kindLabel } from './kind-icons.ts';

/** What a query takes for text although it looks like a filter, each said once and in passing. */
export function remarksOn({ parts }: Query): string[] {
  const remarks = parts.flatMap((part) => {
    if (part.what !== 'text' || part.unknown === null) return [];
    const key = part.text.slice(0, part.text.indexOf(':'));
    if (part.unknown === 'filter') {
      return [`There is no filter “${key}:”, so “${part.text}” is searched as text.`];
    }
    return [`${knownBy(key.toLowerCase())}; “${part.text}” is searched as text.`];
  });
  return [...new Set(remarks)];
}

function knownBy(key: string): string {
  if (key === 'is') return `“is:” knows ${list([...states])}`;
  if (key === 'kind') return 'No kind of event is called that';
  return `“${key}:” takes a day such as 2026-11-20, or 7d`;
}

const names = {
  provider: 'Provider',
  source: 'Source',
  account: 'Account',
  kind: 'Kind',
  before: 'Before',
  after: 'From',
  is: 'Is',
} as const;

/** A part of a query in words, for a chip. */
export function partWords(part: QueryPart): string {
  const words = part.what === 'text' ? `“${part.text}”` : filterWords(part);
  return part.negated ? `Not ${words}` : words;
}

function filterWords(part: Exclude<QueryPart, { what: 'text' }>): string {
  if (part.key === null) return part.value;
  const kind = rowKinds.find((one) => part.key === 'kind' && one === part.value);
  if (kind) return kindLabel(kind);
  return `${names[part.key]} ${part.value}`;
}
