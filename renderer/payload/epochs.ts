/** Keys that hold a time. Without one of these a number of ten digits is just a number. */
const timeKey =
  /(?:time|date|stamp|since|until|expir|created|updated|synced|seen|_at$|[a-z]At$|[a-z]On$|^(?:at|ts|iat|exp|nbf)$)/i;

const seconds = /^[1-4]\d{9}$/;
const millis = /^[1-4]\d{12}$/;

/** The instant (epoch ms) that a whole number of seconds or ms stands for, as its digits and its key say; null where it is no time. */
export function instantOf(key: string | number | null, digits: string): number | null {
  if (typeof key !== 'string' || !timeKey.test(key)) return null;
  if (seconds.test(digits)) return Number(digits) * 1000;
  return millis.test(digits) ? Number(digits) : null;
}
