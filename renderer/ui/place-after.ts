/** Where an arrow leads in a list of so many, of which `at` is current (-1: none); null for other keys. The arrows go round. */
export function placeAfter(key: string, at: number, length: number): number | null {
  if (length === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return at <= 0 ? length - 1 : at - 1;
  return null;
}
