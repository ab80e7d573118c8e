import { kindOf } from '../../shared/conditions/conditions.ts';
import type { ConditionWords, NameOf } from '../../shared/conditions/kind.ts';
import { sentence, withStop } from '../../shared/english.ts';
import type { Settled } from '../../shared/ipc.ts';
import type { Problem } from '../../shared/problem.ts';
import { finalWords, lossWords } from './losses.ts';

/** Why a request was refused, in words. */
export function explain(problem: Problem, nameOf: NameOf): ConditionWords {
  switch (problem.code) {
    case 'gone':
      return {
        title: `${sentence(problem.what)} is not there any more`,
        advice: 'Someone or something removed it.',
      };
    case 'not-saved':
      return {
        title: 'It could not be saved',
        advice: `Nothing was changed. ${withStop(problem.message)}`,
      };
    case 'events-would-be-removed':
      return { title: `${lossWords(problem)} would be removed`, advice: finalWords(problem) };
    case 'invalid':
      return { title: problem.message, advice: 'Change it and try again.' };
    case 'keyring-missing':
    case 'secrets-unreadable':
    case 'settings-newer':
    case 'settings-unreadable':
      return kindOf(problem).words(problem, nameOf);
  }
}

/** Why a change was refused, in words; null when it was made. Never rejects. */
export async function whyNot(change: Promise<Settled>): Promise<string | null> {
  try {
    const outcome = await change;
    if (outcome.status === 'done') return null;
    const { title, advice } = explain(outcome.problem, () => 'this source');
    return `${withStop(title)} ${advice}`;
  } catch (error) {
    console.error(error);
    return 'It could not be saved. Try again.';
  }
}
