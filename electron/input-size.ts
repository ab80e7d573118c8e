/** What one value costs beside its text, so that neither many nor deep ones are free. */
const perValue = 8;

/**
 * Whether a value of another process is plain data (objects, arrays, texts, numbers) of at most that size, in UTF-16 units and 8 for each
 * value. Stops looking as soon as it is not: a schema may be asked only after this (E6).
 */
export const isWithin = (value: unknown, atMost: number): boolean => {
  const waiting: unknown[] = [value];
  let size = 0;
  while (waiting.length > 0) {
    const one = waiting.pop();
    size += perValue + (typeof one === 'string' ? one.length : 0);
    if (size > atMost) return false;
    if (typeof one !== 'object' || one === null) continue;
    if (!isPlain(one)) return false;
    if (Array.isArray(one) && one.length * perValue > atMost) return false;
    for (const [key, inner] of Object.entries(one)) {
      size += key.length;
      waiting.push(inner);
    }
  }
  return true;
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
};
