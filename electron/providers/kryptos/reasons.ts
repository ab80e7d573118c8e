import * as z from 'zod/mini';
import { cleanText } from '../fields.ts';
import type { Integration } from './events.ts';

const Stage = z.object({ status: cleanText, message: cleanText });
const mostStages = 100;

/** Kryptos's reason for a failed connection, or null. The later webhook page names `errorMessage` alone; the v2 read API has the others. */
export const reasonOf = (data: Integration): string | null =>
  data.errorMessage ?? data.message ?? failedStage(data.lastSyncLogDetails) ?? data.lastSyncLog;

/** Of an object or a list of stages. */
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
