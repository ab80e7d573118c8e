import { startProgress } from '../scripts/progress.mjs';

/**
 * Measures all in turn, round after round: A B C, A B C. Returns the results of each by name, in the order of the rounds.
 *
 * @template R
 * @param {string} step
 * @param {number} rounds
 * @param {Record<string, () => Promise<R>>} measures
 * @returns {Promise<Record<string, R[]>>}
 */
export async function interleaved(step, rounds, measures) {
  const progress = startProgress(step);
  /** @type {Record<string, R[]>} */
  const results = Object.fromEntries(Object.keys(measures).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(measures)) {
      progress.tell(`round ${round} of ${rounds}, ${name}`);
      results[name]?.push(await measure());
    }
  }
  progress.done();
  return results;
}

/**
 * @template {string} K
 * @param {readonly Record<K, number>[] | undefined} results
 * @param {K} field
 */
export const column = (results = [], field) => results.map((result) => result[field]);
