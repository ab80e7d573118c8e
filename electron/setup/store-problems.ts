import type { ConditionReason } from '../../shared/condition.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Standing } from '../storage/backed-store.ts';
import { WrittenByNewer } from '../storage/format.ts';
import { NotReadable } from '../storage/small-store.ts';

/** The conditions in how settings and secrets were found at the start. */
export const openingProblems = (settings: Standing, secrets: Standing): ConditionReason[] => {
  const problems: ConditionReason[] = [];
  const troubles = [settings.trouble, secrets.trouble];
  const messages = troubles.flatMap((one) => (one?.status === 'refused' ? one.message : []));
  if (settings.trouble?.status === 'damaged' && settings.from === 'backup')
    problems.push({ code: 'settings-restored', from: 'backup' });
  if (secrets.trouble?.status === 'damaged') {
    const from = secrets.from === 'backup' ? 'backup' : 'nothing';
    problems.push({ code: 'secrets-restored', from });
  }
  if (troubles.some((one) => one?.status === 'newer')) problems.push({ code: 'settings-newer' });
  if (messages.length > 0)
    problems.push({ code: 'settings-unreadable', message: messages.join('; ') });
  return problems;
};

/** Whether settings were lost: what is stored beside them shows that this is no fresh install (R13d). */
export const areSettingsGone = (
  { from, trouble }: Standing,
  beside: { readonly secrets: boolean; readonly entries: number; readonly rejected: number },
): boolean => {
  if (from !== 'nothing') return false;
  const isFresh = !beside.secrets && beside.entries === 0 && beside.rejected === 0;
  return trouble?.status === 'damaged' || (trouble === null && !isFresh);
};

/** The problem of an error that a write of settings or secrets threw. */
export const writeProblem = (error: unknown): Problem => {
  const message = error instanceof Error ? error.message : 'unknown error';
  if (error instanceof WrittenByNewer) return { code: 'settings-newer' };
  if (error instanceof NotReadable) return { code: 'settings-unreadable', message };
  return { code: 'not-saved', message };
};
