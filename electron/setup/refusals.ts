import type { Problem } from '../../shared/problem.ts';
import { NotReadable, WrittenByNewer } from '../history/small-store.ts';
import type { Standing } from './backed-store.ts';

/** What the person should know of how their settings and secrets were found. */
export const openingProblems = (settings: Standing, secrets: Standing): Problem[] => {
  const problems: Problem[] = [];
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

/** Whether there were settings, and nothing is left of them: what stands beside them tells that this is no fresh install (R13d). */
export const areSettingsGone = (
  { from, trouble }: Standing,
  beside: { readonly secrets: boolean; readonly entries: number; readonly rejected: number },
): boolean => {
  if (from !== 'nothing') return false;
  const isFresh = !beside.secrets && beside.entries === 0 && beside.rejected === 0;
  return trouble?.status === 'damaged' || (trouble === null && !isFresh);
};

/** Why a change of settings or secrets was not kept, for whoever asked for it. */
export const refusalOf = (error: unknown): Problem => {
  const message = error instanceof Error ? error.message : 'unknown error';
  if (error instanceof WrittenByNewer) return { code: 'settings-newer' };
  if (error instanceof NotReadable) return { code: 'settings-unreadable', message };
  return { code: 'not-saved', message };
};
