/** The cost of a value beside its text, so that many or deep ones are not free. */
const perValue = 8;

/** Whether a value is plain data of at most that size: its UTF-16 units, and 8 for each value. A schema parses it only then (E6). */
export const isPlainWithin = (value: unknown, atMost: number): boolean => {
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
