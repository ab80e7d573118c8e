import { median, shown } from './numbers.mjs';

/**
 * @param {string} title
 * @param {readonly string[]} heads
 * @param {readonly (readonly [string, ...(number | string)[]])[]} rows
 */
export function printTable(title, heads, rows) {
  const cells = [
    heads,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell))),
  ];
  const widths = heads.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

/**
 * A figure beside what is required and what is aimed at.
 *
 * @typedef {object} Judged
 * @property {string} what
 * @property {number} value
 * @property {number} must
 * @property {number} [aim]
 * @property {'at least' | 'at most'} bound
 */

/** @param {readonly Judged[]} figures */
export const printJudged = (figures) =>
  printTable(
    'Against the aims',
    ['', 'measured', 'must', 'aim', ''],
    figures.map(({ what, value, must, aim, bound }) => {
      const meets = (/** @type {number} */ limit) =>
        bound === 'at least' ? value >= limit : value <= limit;
      const judgement = aim !== undefined && meets(aim) ? 'aim' : meets(must) ? 'must' : 'MISSED';
      const sign = bound === 'at least' ? '≥' : '≤';
      return [what, value, `${sign} ${must}`, aim === undefined ? '' : `${sign} ${aim}`, judgement];
    }),
  );

/** Where others use more of the machine than this, absolute figures mean little. */
const BUSY = 0.1;

/**
 * Prints how busy the rest of the machine was.
 *
 * @param {Record<string, readonly { others: number }[]>} results
 */
export function printOthers(results) {
  const all = Object.values(results).flatMap((rounds) => rounds.map(({ others }) => others));
  const known = all.filter((others) => Number.isFinite(others));
  const warning = median(known) > BUSY ? ': only the ratios mean something' : '';
  if (known.length > 0)
    process.stdout.write(
      `  Meanwhile everything else used ${shown(100 * median(known))} % of the machine${warning}.\n`,
    );
}
