import * as z from 'zod/mini';
import type { RunStep } from '../../shared/event.ts';
import type { Gap } from '../../shared/gap.ts';
import type { Run, StageDurations, StageView } from '../../shared/run.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import {
  lastedOf,
  pairedStages,
  type Stage,
  stagesOf,
  stuckAfter,
  ToldStep,
  usualOf,
  withStep,
} from './run-stages.ts';

/** The steps of one user's recalculations, oldest first. The names are those of accounts.json. */
const SavedUser = z.object({
  sourceId: z.string(),
  userId: z.string(),
  simulated: z.boolean(),
  transfers: z.array(ToldStep),
  gains: z.array(ToldStep),
});
type SavedUser = z.infer<typeof SavedUser>;

export const SavedRuns = z.array(SavedUser);
export type SavedRuns = z.infer<typeof SavedRuns>;

/** A run without the name of its user, which the settings may know. */
export type NamelessRun = Omit<Run, 'user'>;

/** A stage that has had no end for too long. */
export type StuckRun = {
  readonly sourceId: string;
  readonly userId: string;
  readonly simulated: boolean;
  readonly stage: RunStep['stage'];
  /** Its start, epoch ms. */
  readonly since: number;
  readonly usualMs: number | null;
  readonly endMayBeMissed: boolean;
  /** The entry that told its start. */
  readonly seq: number;
};

/** The recalculations of each user, derived from their entries. The order of arrival does not matter. */
export type Runs = {
  /** Applies an entry. Idempotent. */
  readonly apply: (entry: TimelineEntry) => void;
  /** Those that go on first, then the others, each newest first. `now`: epoch ms. */
  readonly list: (now: number, gaps: readonly Gap[]) => readonly NamelessRun[];
  /** Those without an end for too long, longest first. */
  readonly stuck: (now: number, gaps: readonly Gap[]) => readonly StuckRun[];
  /** When the next stage that goes on will be stuck, epoch ms; null without one. */
  readonly nextStuckAt: (now: number) => number | null;
  /** Whether a user has a stuck stage. */
  readonly isStuck: (user: UserKey, now: number) => boolean;
  /** How long the last ended stage of a user took, against the usual time before it; null where its start or end is unknown. */
  readonly lastLength: (user: UserKey, stage: RunStep['stage']) => StageLength | null;
  readonly durations: () => readonly Omit<StageDurations, 'user'>[];
  /** When the gains and losses of a user were last worked out (epoch ms); null when unknown. */
  readonly gainsAt: (user: UserKey) => number | null;
  readonly removeSimulated: () => void;
  readonly save: () => SavedRuns;
  readonly clear: () => void;
  readonly load: (saved: SavedRuns) => void;
};

/** `usualMs`: the median of the completed ones before; null without any. */
export type StageLength = { readonly ms: number; readonly usualMs: number | null };

export type UserKey = Pick<SavedUser, 'sourceId' | 'userId' | 'simulated'>;

/** Of one source. The one that nothing was told of for longest is forgotten first. */
const mostUsers = 500;

export const createRuns = (): Runs => {
  const users = new Map<string, SavedUser>();

  const apply = (entry: TimelineEntry): void => {
    if (entry.status !== 'event' || !entry.event.run) return;
    const { sourceId, simulated } = entry;
    const { run } = entry.event;
    const { userId, stage } = run;
    const key = keyOf({ sourceId, userId, simulated });
    const known = users.get(key) ?? { sourceId, userId, simulated, transfers: [], gains: [] };
    const step = stepOf(entry, run);
    users.set(key, { ...known, [stage]: [...withStep(known[stage], step)] });
    forgetBeyond(users, sourceId);
  };

  return {
    apply,
    list: (now, gaps) => {
      const runs = [...users.values()].flatMap((user) => runsOf(user, now, gaps));
      return runs.sort((a, b) => isOpen(b) - isOpen(a) || beginOf(b) - beginOf(a));
    },
    stuck: (now, gaps) =>
      [...users.values()]
        .flatMap((user) => stuckOf(user, now, gaps))
        .sort((a, b) => a.since - b.since),
    nextStuckAt: (now) => {
      const due = [...users.values()].flatMap((user) => dueOf(user, now)).filter((at) => at > now);
      return due.length === 0 ? null : Math.min(...due);
    },
    isStuck: (user, now) => {
      const known = users.get(keyOf(user));
      return known !== undefined && stuckOf(known, now, []).length > 0;
    },
    lastLength: (user, stage) => lengthOf(users.get(keyOf(user))?.[stage] ?? [], stage),
    durations: () => [...users.values()].flatMap(durationsOf),
    gainsAt: (user) => {
      const gains = users.get(keyOf(user))?.gains ?? [];
      return gains.findLast(({ phase }) => phase === 'completed')?.at ?? null;
    },
    removeSimulated: () => {
      for (const [key, { simulated }] of users) if (simulated) users.delete(key);
    },
    save: () => [...users.values()],
    clear: () => users.clear(),
    load: (saved) => {
      for (const user of saved) users.set(keyOf(user), user);
    },
  };
};

/** Simulated and real events never share a run. */
const keyOf = ({ sourceId, userId, simulated }: UserKey): string =>
  `${simulated ? 'simulated' : 'real'} ${sourceId} ${userId}`;

const stepOf = (
  { seq, id, receivedAt }: Pick<TimelineEntry, 'seq' | 'id' | 'receivedAt'>,
  { phase, at }: RunStep,
): ToldStep => ({
  seq,
  id,
  phase,
  at: at === null ? receivedAt : Math.min(at, receivedAt),
  datedAt: at,
});

const forgetBeyond = (users: Map<string, SavedUser>, sourceId: string): void => {
  if (users.size <= mostUsers) return;
  const ofSource = [...users].filter(([, user]) => user.sourceId === sourceId);
  if (ofSource.length <= mostUsers) return;
  const [oldest] = ofSource.sort(([, a], [, b]) => lastToldOf(a) - lastToldOf(b));
  if (oldest) users.delete(oldest[0]);
};

const lastToldOf = ({ transfers, gains }: SavedUser): number =>
  Math.max(transfers.at(-1)?.at ?? 0, gains.at(-1)?.at ?? 0);

type StagesOfUser = {
  readonly transfers: readonly Stage[];
  readonly gains: readonly Stage[];
  readonly usual: Readonly<Record<RunStep['stage'], number | null>>;
};

const dayMs = 24 * 60 * 60_000;
/** An end that did not come for so long is not expected any more. */
const expectedMs = 7 * dayMs;

const givenUp =
  (now: number) =>
  (stage: Stage): Stage =>
    stage.outcome === 'going-on' && stage.startedAt !== null && now - stage.startedAt > expectedMs
      ? { ...stage, outcome: 'end-unknown' }
      : stage;

/** Looked at with every change of the app's state. A user is replaced when a step comes, never changed. */
const known = new WeakMap<SavedUser, StagesOfUser>();

/** As they were told, whatever the time is now. */
const toldStagesOf = (user: SavedUser): StagesOfUser => {
  const before = known.get(user);
  if (before) return before;
  const transfers = stagesOf('transfers', user.transfers);
  const gains = stagesOf('gains', user.gains);
  const usual = { transfers: usualOf(lastedOf(transfers)), gains: usualOf(lastedOf(gains)) };
  const stages = { transfers, gains, usual };
  known.set(user, stages);
  return stages;
};

const stagesOfUser = (user: SavedUser, now: number): StagesOfUser => {
  const { transfers, gains, usual } = toldStagesOf(user);
  return { transfers: transfers.map(givenUp(now)), gains: gains.map(givenUp(now)), usual };
};

type OpenStage = Stage & { readonly startedAt: number; readonly usualMs: number | null };

/** Only the last stage of each kind can go on. */
const openStagesOf = (user: SavedUser, now: number): OpenStage[] => {
  const { transfers, gains, usual } = toldStagesOf(user);
  return [transfers.at(-1), gains.at(-1)].flatMap((last) => {
    const stage = last && givenUp(now)(last);
    return stage?.outcome === 'going-on' && stage.startedAt !== null
      ? { ...stage, startedAt: stage.startedAt, usualMs: usual[stage.stage] }
      : [];
  });
};

const runsOf = (user: SavedUser, now: number, gaps: readonly Gap[]): NamelessRun[] => {
  const { sourceId, userId, simulated } = user;
  const { transfers, gains, usual } = stagesOfUser(user, now);
  return pairedStages(transfers, gains).map((stages) => {
    const views = stages.map((stage) => viewOf(stage, usual[stage.stage], now));
    const last = views.at(-1);
    const stuck = stages.some((stage) => isStuck(stage, usual[stage.stage], now));
    return {
      ...{ sourceId, userId, simulated, stages: views },
      outcome: last?.outcome ?? 'end-unknown',
      overdue: views.some(isOverdue),
      stuck,
      endMayBeMissed: stuck && stages.some((stage) => isInGap(stage, gaps, now)),
    };
  });
};

const viewOf = (stage: Stage, usualMs: number | null, now: number): StageView => {
  const until = stage.outcome === 'going-on' ? now : stage.endedAt;
  const elapsedMs =
    stage.startedAt === null || until === null ? null : Math.max(0, until - stage.startedAt);
  return { ...stage, elapsedMs, usualMs };
};

/** Over 1.5 times as long as usual. */
const isOverdue = ({ outcome, elapsedMs, usualMs }: StageView): boolean =>
  outcome === 'going-on' && elapsedMs !== null && usualMs !== null && elapsedMs > 1.5 * usualMs;

const isStuck = ({ outcome, startedAt }: Stage, usualMs: number | null, now: number): boolean =>
  outcome === 'going-on' && startedAt !== null && now - startedAt >= stuckAfter(usualMs);

const isInGap = ({ outcome, startedAt }: Stage, gaps: readonly Gap[], now: number): boolean =>
  outcome === 'going-on' &&
  startedAt !== null &&
  gaps.some(({ from, to }) => to > startedAt && from < now);

const stuckOf = (user: SavedUser, now: number, gaps: readonly Gap[]): StuckRun[] => {
  const { sourceId, userId, simulated } = user;
  return openStagesOf(user, now)
    .filter((stage) => isStuck(stage, stage.usualMs, now))
    .map((open) => ({
      ...{ sourceId, userId, simulated, stage: open.stage, since: open.startedAt },
      usualMs: open.usualMs,
      endMayBeMissed: isInGap(open, gaps, now),
      seq: open.seq,
    }));
};

/** When each stage that goes on is stuck. */
const dueOf = (user: SavedUser, now: number): number[] =>
  openStagesOf(user, now).map(({ startedAt, usualMs }) => startedAt + stuckAfter(usualMs));

const lengthOf = (steps: readonly ToldStep[], stage: RunStep['stage']): StageLength | null => {
  const stages = stagesOf(stage, steps).filter(({ endedAt }) => endedAt !== null);
  const last = stages.at(-1);
  if (!last || last.startedAt === null || last.endedAt === null) return null;
  return {
    ms: last.endedAt - last.startedAt,
    usualMs: usualOf(lastedOf(stages.slice(0, -1))),
  };
};

const durationsOf = (user: SavedUser): Omit<StageDurations, 'user'>[] => {
  const { sourceId, userId, simulated } = user;
  return (['transfers', 'gains'] as const).flatMap((stage) => {
    const lasted = lastedOf(stagesOf(stage, user[stage]));
    const usualMs = usualOf(lasted);
    return usualMs === null ? [] : [{ sourceId, userId, simulated, stage, usualMs, lasted }];
  });
};

const isOpen = ({ outcome }: NamelessRun): number => (outcome === 'going-on' ? 1 : 0);

const beginOf = ({ stages: [first] }: NamelessRun): number =>
  first?.startedAt ?? first?.endedAt ?? 0;
