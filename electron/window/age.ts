const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "4 min", "3 h", "2 days", and when that will be another (epoch ms). Instants are epoch ms. */
export const ageOf = (
  at: number,
  now: number,
): { readonly words: string; readonly changesAt: number } => {
  const past = Math.max(0, now - at);
  if (past < minute) return { words: 'just now', changesAt: at + minute };
  if (past < hour) return counted(at, past, minute, 'min');
  if (past < day) return counted(at, past, hour, 'h');
  return counted(at, past, day, past < 2 * day ? 'day' : 'days');
};

const counted = (at: number, past: number, unit: number, name: string) => {
  const count = Math.floor(past / unit);
  return { words: `${count} ${name}`, changesAt: at + (count + 1) * unit };
};
