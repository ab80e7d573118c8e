import { list, number } from '../../shared/english.ts';
import { rowKinds } from '../../shared/kinds.ts';
import {
  countIn,
  type FilterKey,
  type Query,
  type QueryPart,
  type SomeEntries,
  states,
} from '../../shared/query.ts';
import { kindLabel } from './kind-icons.ts';

/** One remark on each part that looks like a filter and is searched as text. */
export function remarksOn({ parts }: Query): string[] {
  const remarks = parts.flatMap((part) => {
    if (part.what !== 'text' || part.unknown === null) return [];
    const { text, unknown } = part;
    return unknown.what === 'filter'
      ? [`There is no filter “${unknown.name}:”, so “${text}” is searched as text.`]
      : [`${valuesOf(unknown.key)}; “${text}” is searched as text.`];
  });
  return [...new Set(remarks)];
}

function valuesOf(key: FilterKey): string {
  if (key === 'is') return `“is:” knows ${list([...states])}`;
  if (key === 'kind') return 'No kind of event is called that';
  return `“${key}:” takes a day such as 2026-11-20, or 7d`;
}

/** "27 events of a notification". */
export function entriesWords(part: SomeEntries): string {
  const count = countIn(part);
  const events = `${number(count)} ${count === 1 ? 'event' : 'events'}`;
  return part.of === null
    ? `${events} of a notification`
    : `The newest ${number(count)} of ${number(part.of)} events of a notification`;
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

export function partWords(part: QueryPart): string {
  const words = part.what === 'text' ? `“${part.text}”` : filterWords(part);
  return part.negated ? `Not ${words}` : words;
}

function filterWords(part: Exclude<QueryPart, { what: 'text' }>): string {
  if (part.key === null) return part.value;
  if (part.what === 'entries') return entriesWords(part);
  const kind = rowKinds.find((one) => part.key === 'kind' && one === part.value);
  if (kind) return kindLabel(kind);
  return `${names[part.key]} ${part.value}`;
}
