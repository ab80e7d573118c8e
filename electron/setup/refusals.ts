import type { Problem } from '../../shared/problem.ts';
import { NotReadable, WrittenByNewer } from '../history/small-store.ts';
import type { Standing } from './backed-store.ts';

/** What the person should know of how their settings and secrets were found. */
export const openingProblems = (settings: Standing, secrets: Standing): Problem[] => {
  const problems: Problem[] = [];
  const troubles = [settings.trouble, secrets.trouble];
  const messages = troubles.flatMap((one) => (one?.status === 'refused' ? one.message : []));
  if (settings.trouble?.status === 'damaged') {
    const from = settings.from === 'backup' ? 'backup' : 'defaults';
    problems.push({ code: 'settings-restored', from });
  }
  if (secrets.trouble?.status === 'damaged') {
    const from = secrets.from === 'backup' ? 'backup' : 'nothing';
    problems.push({ code: 'secrets-restored', from });
  }
  if (troubles.some((one) => one?.status === 'newer')) problems.push({ code: 'settings-newer' });
  if (messages.length > 0)
    problems.push({ code: 'settings-unreadable', message: messages.join('; ') });
  return problems;
};

/** Why a change of settings or secrets was not kept, for whoever asked for it. */
export const refusalOf = (error: unknown): Problem => {
  const message = error instanceof Error ? error.message : 'unknown error';
  if (error instanceof WrittenByNewer) return { code: 'settings-newer' };
  if (error instanceof NotReadable) return { code: 'settings-unreadable', message };
  return { code: 'not-saved', message };
};
