import * as z from 'zod/mini';
import { text } from '../fields.ts';
import type { Integration } from './events.ts';

const Stage = z.object({ status: text, message: text });
const mostStages = 100;

/**
 * Why a connection failed, as Kryptos gave it: the later webhook page names `errorMessage` alone, the v2 read API has the
 * others. Null when none of them says anything.
 */
export const reasonOf = (data: Integration): string | null =>
  data.errorMessage ?? data.message ?? failedStage(data.lastSyncLogDetails) ?? data.lastSyncLog;

/** What the first stage that failed says, of an object or a list of stages. */
function failedStage(details: unknown): string | null {
  if (typeof details !== 'object' || details === null) return null;
  for (const value of Object.values(details).slice(0, mostStages)) {
    const { data: stage } = Stage.safeParse(value);
    if (stage?.message && isFailed(stage.status)) return stage.message;
  }
  return null;
}

const isFailed = (status: string | null): boolean =>
  status !== null && ['failed', 'error'].includes(status.toLowerCase());
