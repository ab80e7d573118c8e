const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The words are English; 12 or 24 hours is the system's setting.
const { hour12 } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', options);

const clockFormat = format({ hour: '2-digit', minute: '2-digit', hour12: hour12 ?? false });
const dayFormat = format({ weekday: 'long', day: 'numeric', month: 'long' });
const dateFormat = format({ day: 'numeric', month: 'short', year: 'numeric' });
const exactFormat = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: hour12 ?? false,
});

const isInstant = (at: number): boolean => Number.isFinite(at) && Math.abs(at) <= 8.64e15;

export function startOfDay(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** The end of the day that starts then, 23 to 25 hours later. */
export const endOfDay = (start: number): number => startOfDay(start + 36 * hour);

/** A length in its largest unit: "41 min", "3 h", "2 days". */
export function span(ms: number): string {
  const length = Math.abs(ms);
  if (length < minute) return `${Math.max(1, Math.round(length / second))} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) return `${Math.floor(length / hour)} h`;
  const days = Math.floor(length / day);
  return days === 1 ? '1 day' : `${days} days`;
}

/** "just now", "4 min ago", "3 h ago", "2 days ago", then the date. */
export function ago(at: number, now: number): string {
  const past = now - at;
  if (past < minute) return 'just now';
  return past < 7 * day ? `${span(past)} ago` : dateOf(at);
}

/** "for 4 min", "for 3 h", "since 12 Nov 2026". */
export function lasting(since: number, now: number): string {
  const past = now - since;
  if (past < minute) return 'for less than a minute';
  return past < 7 * day ? `for ${span(past)}` : `since ${dateOf(since)}`;
}

/** The time on a row: relative today, the clock on other days. */
export function rowTime(at: number, now: number): string {
  if (startOfDay(at) !== startOfDay(now)) return clockOf(at);
  return now - at < minute ? 'now' : span(now - at);
}

/** "Today", "Yesterday", "Thursday 12 November", "Friday 21 November 2025". */
export function dayName(at: number, today: number): string {
  if (!isInstant(at)) return 'No date';
  const start = startOfDay(at);
  if (start === today) return 'Today';
  if (start === startOfDay(today - 12 * hour)) return 'Yesterday';
  // Versions of the locale data differ about a comma after the weekday.
  const name = dayFormat.format(at).replace(',', '');
  const year = new Date(at).getFullYear();
  return year === new Date(today).getFullYear() ? name : `${name} ${year}`;
}

export const clockOf = (at: number): string => (isInstant(at) ? clockFormat.format(at) : '');
export const dateOf = (at: number): string => (isInstant(at) ? dateFormat.format(at) : 'no date');

/** "Sat, 21 Nov 2026, 09:41:03". */
export const exactTime = (at: number): string =>
  isInstant(at) ? exactFormat.format(at) : 'no date';

/** For `<time dateTime>`. */
export const iso = (at: number): string => (isInstant(at) ? new Date(at).toISOString() : '');
