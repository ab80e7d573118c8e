import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const fourParts = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/;
const withPort = /^(\d[\d.]*):\d{1,5}$/;

/**
 * Parses four decimal parts, or IPv6 in any spelling, with optional brackets and port; null for anything else. An IPv4 address mapped into
 * IPv6 becomes IPv4 (RFC 4291, 2.5.5.2). The library would accept short, octal and hexadecimal forms of IPv4, this function does not.
 */
const addressIn = (text: string): Address | null => {
  const bare = bracketed.exec(text.trim())?.[1] ?? withPort.exec(text.trim())?.[1] ?? text.trim();
  if (bare.length > 45) return null;
  if (fourParts.test(bare)) return ipaddr.IPv4.isValid(bare) ? ipaddr.IPv4.parse(bare) : null;
  if (bare.includes('%') || (bare.includes('.') && !endsInFourParts(bare))) return null;
  if (!ipaddr.IPv6.isValid(bare)) return null;
  const address = ipaddr.IPv6.parse(bare);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
};

/** The library would read the deprecated form `::1.2.3.4` (RFC 4291, 2.5.5.1) as a mapped address. */
const endsInFourParts = (text: string): boolean => {
  const tail = text.lastIndexOf(':') + 1;
  return fourParts.test(text.slice(tail)) && text.slice(0, tail) !== '::';
};

/** The canonical spelling of an address; null when the text is no single address. */
export const plainAddress = (text: string): string | null => addressIn(text)?.toString() ?? null;

type Range = readonly [Address, bits: number];

const rangeIn = (text: string): Range | null => {
  const [from = '', bitsGiven, ...more] = text.split('/');
  const address = more.length === 0 ? addressIn(from) : null;
  if (!address) return null;
  const whole = address.kind() === 'ipv4' ? 32 : 128;
  if (bitsGiven === undefined) return [address, whole];
  if (!/^\d{1,3}$/.test(bitsGiven)) return null;
  // The prefix length of a mapped range includes the 96 bits of the mapping.
  const bits = Number(bitsGiven) - (address.kind() === 'ipv4' && from.includes(':') ? 96 : 0);
  return bits >= 0 && bits <= whole ? [address, bits] : null;
};

/** Whether a text is an address or a range such as `10.0.0.0/8`. */
export const isAddressOrRange = (text: string): boolean => rangeIn(text) !== null;

/** Whether an address is in one of the addresses and ranges. Invalid text is in no range and contains nothing. */
export const isInRanges = (address: string, list: readonly string[]): boolean => {
  const wanted = addressIn(address);
  if (!wanted) return false;
  return list.some((entry) => {
    const range = rangeIn(entry);
    return range !== null && range[0].kind() === wanted.kind() && wanted.match(range[0], range[1]);
  });
};

/** One sender for rate limits (R13): an IPv4 address, or an IPv6 /64, whose addresses a sender may choose freely. Null for invalid text. */
export const senderKey = (address: string): string | null => {
  const found = addressIn(address);
  if (!found) return null;
  return found instanceof ipaddr.IPv6
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${found.toString()}/64`).toString()}/64`
    : found.toString();
};

/** The network of a `senderKey`: the /48 of an IPv6 one, since a site may hold a whole /48 (RFC 6177); else the key itself. */
export const networkOf = (sender: string | null): string | null =>
  sender?.endsWith('/64')
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${sender.slice(0, -3)}/48`).toString()}/48`
    : sender;
