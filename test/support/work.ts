/** The shortest time in ms that a task took in a few runs: other load only adds to it. */
export function leastTime(task: () => unknown, runs = 7): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    task();
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}
