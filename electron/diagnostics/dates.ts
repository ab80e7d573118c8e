/** ISO 8601 in UTC, to the second. `at` is epoch ms; an impossible instant is given as it is. */
export const dateTime = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
};
