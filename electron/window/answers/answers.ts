import type { Answers } from '../../../shared/ipc.ts';
import type { Names } from '../../../shared/matching.ts';
import { providers } from '../../providers/index.ts';
import type { LeftStore } from '../../setup/left.ts';
import type { Edges } from '../../world.ts';
import type { StateView } from '../app-state.ts';
import { createDiagnosticsAnswers, type DiagnosticsAnswerOptions } from './diagnostics.ts';
import { createEntryAnswers, type EntryAnswerOptions } from './entries.ts';
import { createFileAnswers, type FileAnswerOptions } from './files.ts';
import { createInsightAnswers, type InsightAnswerOptions } from './insight.ts';
import { createLoginStartAnswers } from './login-start.ts';
import { createNotificationAnswers, type NotificationAnswerOptions } from './notifications.ts';
import { createPlaceAnswers } from './places.ts';
import { createRelatedAnswers, type RelatedAnswerOptions } from './related.ts';
import { createReplayAnswers, type ReplayAnswerOptions } from './replay.ts';
import { createSettingsAnswers, type SettingsAnswerOptions } from './settings.ts';
import { createSettle } from './settle.ts';
import { createSourceAnswers, type SourceAnswerOptions } from './sources.ts';

type Shared = 'edges' | 'view' | 'names' | 'now' | 'settle' | 'onChange' | 'viewOf';

export type AnswerOptions = Omit<EntryAnswerOptions, Shared> &
  Omit<SourceAnswerOptions, Shared> &
  Omit<SettingsAnswerOptions, Shared> &
  Omit<FileAnswerOptions, Shared> &
  Omit<InsightAnswerOptions, Shared> &
  Omit<NotificationAnswerOptions, Shared> &
  Omit<DiagnosticsAnswerOptions, Shared> &
  Omit<RelatedAnswerOptions, Shared> &
  Omit<ReplayAnswerOptions, Shared> & {
    readonly edges: Edges;
    readonly view: StateView;
    readonly left: Pick<LeftStore, 'last' | 'note'>;
  };

/** What the window may ask, answered by topic. */
export const createAnswers = (options: AnswerOptions): Answers => {
  const { edges, insight, sources, view, left } = options;
  const names = (): Names => ({
    sources: sources.list(),
    providers: [...providers.values()],
    ownNameOf: (sourceId, id) => insight.names.of({ of: 'account', sourceId, id }),
  });
  const all = {
    ...options,
    names,
    now: edges.now,
    settle: createSettle(view.changed),
    viewOf: view.sourceView,
    onChange: view.changed,
  };
  return {
    state: view.state,
    opening: edges.window.opening,
    left: left.last,
    leave: left.note,
    copyText: ({ text }) => edges.clipboard(text),
    licenses: edges.licenses,
    openHistoryFolder: edges.openHistoryFolder,
    openLogFolder: edges.openLogFolder,
    ...createEntryAnswers(all),
    ...createRelatedAnswers(all),
    ...createReplayAnswers(all),
    ...createPlaceAnswers(all),
    ...createSourceAnswers(all),
    ...createSettingsAnswers(all),
    ...createNotificationAnswers(all),
    ...createLoginStartAnswers(all),
    ...createFileAnswers(all),
    ...createInsightAnswers(all),
    ...createDiagnosticsAnswers(all),
  };
};
