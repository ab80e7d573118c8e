const counting = new Intl.NumberFormat('en-GB');

export const number = (value: number): string => counting.format(value);

/** "1 event", "1,204 events". */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** "812 bytes", "1.5 KiB", "2.0 MiB". */
export function size(bytes: number): string {
  if (bytes < 1_024) return count(bytes, 'byte');
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KiB`;
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** "a, b and c". */
export const list = (items: string[]): string =>
  items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const withStop = (words: string): string => words.replace(/\.?$/, '.');
