import { number, sentence } from '../../shared/english.ts';
import type { Run, StageView } from '../../shared/run.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { doneWords, stageWords } from '../runs/words.ts';
import { clockOf, span } from '../time.ts';
import type { Group } from './groups.ts';
import { kindLabel } from './kind-icons.ts';
import type { Row } from './rows.ts';

/** What the head of a group says. `title` is cleaned, as titles of entries are. */
export type GroupWords = { readonly title: string; readonly second: string };

type EventEntry = Extract<TimelineEntry, { status: 'event' }>;

/** `rows`: those of the group, newest first; `lead` is the entry of the first. `run`: null where it is not known any more. */
export function groupWords(
  as: Group['as'],
  rows: readonly Row[],
  lead: EventEntry,
  run: Run | null,
): GroupWords {
  switch (as) {
    case 'burst':
      return burstWords(rows.length, lead);
    case 'outage':
      return outageWords(rows, lead);
    case 'run':
      return { title: lead.event.title, second: run ? runWords(run) : tookWords(rows) };
  }
}

function burstWords(size: number, { event }: EventEntry): GroupWords {
  const where = event.chain === undefined ? '' : ` on ${event.chain}`;
  const what = event.kind === 'contract.activity' ? event.title : kindLabel(event.kind);
  return {
    title: `${what} ×${number(size)}${where}`,
    second: event.summary === '' ? '' : `Newest: ${event.summary}`,
  };
}

const fails = ({ belongs }: Row): boolean =>
  belongs !== null && belongs !== 'unread' && belongs.as === 'outage' && belongs.fails;

function outageWords(rows: readonly Row[], { event }: EventEntry): GroupWords {
  const [newest, oldest] = [rows[0], rows.at(-1)];
  const tries = rows.filter(fails).length;
  const tried = tries === 1 ? '1 try' : `${number(tries)} tries`;
  if (!newest || !oldest) return { title: event.title, second: event.summary };
  if (fails(newest)) {
    const since = `${tried} since ${clockOf(oldest.receivedAt)}`;
    return { title: event.title, second: event.summary ? `${since} · ${event.summary}` : since };
  }
  const failed = tries === 1 ? '1 failed try' : `${number(tries)} failed tries`;
  return {
    title: `${event.account?.name ?? 'An account'} works again`,
    second: `After ${minutes(newest.receivedAt - oldest.receivedAt)} and ${failed}`,
  };
}

const hour = 3_600_000;
/** As `span`, in minutes up to two hours. */
const minutes = (ms: number): string =>
  ms >= hour && ms < 2 * hour ? `${Math.floor(ms / 60_000)} min` : span(ms);

function tookWords(rows: readonly Row[]): string {
  const [newest, oldest] = [rows[0], rows.at(-1)];
  return newest && oldest ? `Took ${minutes(newest.receivedAt - oldest.receivedAt)}` : '';
}

export function runWords({ stages, stuck, endMayBeMissed }: Run): string {
  const words = sentence(stages.map(stageSays).join(' · '));
  if (!stuck) return words;
  return `${words} · ${endMayBeMissed ? 'its end may have been missed' : 'stuck'}`;
}

function stageSays(stage: StageView): string {
  const { outcome, elapsedMs, usualMs } = stage;
  const usual = usualMs === null ? '' : `, usually ${minutes(usualMs)}`;
  if (elapsedMs === null) return doneWords(stage);
  const what = stageWords[stage.stage];
  if (outcome === 'going-on') return `${what} for ${minutes(elapsedMs)} so far${usual}`;
  if (outcome === 'failed') return `${what} failed after ${minutes(elapsedMs)}`;
  return `${what} in ${minutes(elapsedMs)}${against(elapsedMs, usualMs)}`;
}

/** A tenth more or less than usual is as usual. */
function against(ms: number, usualMs: number | null): string {
  if (usualMs === null || Math.abs(ms - usualMs) < Math.max(1_000, usualMs / 10)) return '';
  return `, ${minutes(ms - usualMs)} ${ms < usualMs ? 'faster' : 'slower'} than usual`;
}
