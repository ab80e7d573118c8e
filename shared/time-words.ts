const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How often something usually comes: "several times an hour", "about hourly", "about every 6 hours", "about daily", "about every 3 days". */
export const usualWords = (usualMs: number): string => {
  if (usualMs < 40 * minuteMs) return 'several times an hour';
  if (usualMs < 1.5 * hourMs) return 'about hourly';
  if (usualMs < 20 * hourMs) return `about every ${Math.round(usualMs / hourMs)} hours`;
  if (usualMs < 1.5 * dayMs) return 'about daily';
  return `about every ${Math.round(usualMs / dayMs)} days`;
};

/** "2026-11-27": the day of an instant (epoch ms), in the time zone of this computer. */
export const calendarDay = (at: number): string => {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
};

/** A length for people: "less than a minute", "5 min", "3 h", "2 days". */
export const lengthWords = (ms: number): string => {
  const minutes = Math.round(Math.max(0, ms) / minuteMs);
  if (minutes === 0) return 'less than a minute';
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
};
