/** Numbers without leading zeros, then what comes before a release, then the build, which decides nothing (semver.org, items 9 to 11). */
const pattern =
  /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.-]{1,64})?$/;

/** The version in a file that holds it and a newline. Null for all else, such as a file that is only half written. */
export const versionIn = (text: string): string | null => {
  const line = text.slice(0, -1);
  return text.endsWith('\n') && pattern.test(line) ? line : null;
};

/** Whether one version comes before another by semver. False where one of them is none. */
export const isOlder = (one: string, than: string): boolean => {
  const [, ...a] = pattern.exec(one) ?? [];
  const [, ...b] = pattern.exec(than) ?? [];
  if (a.length === 0 || b.length === 0) return false;
  const order = compareAll(a.slice(0, 3), b.slice(0, 3)) || comparePreRelease(a[3], b[3]);
  return order < 0;
};

const comparePreRelease = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  return compareAll(one.split('.'), other.split('.'));
};

const compareAll = (
  some: readonly (string | undefined)[],
  others: readonly (string | undefined)[],
) => {
  for (let at = 0; at < Math.max(some.length, others.length); at += 1) {
    const order = compare(some[at], others[at]);
    if (order !== 0) return order;
  }
  return 0;
};

/** Numbers count as numbers and come before words; a list that ends comes before one that goes on. */
const compare = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined)
    return Number(other === undefined) - Number(one === undefined);
  const numbers = [one, other].map((text) => /^\d+$/.test(text));
  if (numbers[0] && numbers[1]) return Number(one) - Number(other);
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
  return one < other ? -1 : Number(one > other);
};
