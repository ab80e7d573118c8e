const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** An instant in local time: "09:41", and where it is not within a day of `now` "26 Nov 09:41". Both are epoch ms. */
export const clockWords = (at: number, now: number): string =>
  Math.abs(at - now) < 24 * 60 * 60 * 1000
    ? clock.format(at)
    : `${day.format(at)} ${clock.format(at)}`;
