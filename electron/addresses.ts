import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const fourParts = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/;
const withPort = /^(\d[\d.]*):\d{1,5}$/;

/**
 * The address that a text names: four decimal parts or IPv6 in any spelling, with brackets or a port around it or not. An IPv4
 * address mapped into IPv6 is that IPv4 address (RFC 4291, 2.5.5.2). The short, octal and hexadecimal forms that the library
 * would take for IPv4 are none.
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

/** `::1.2.3.4` is of a kind that was given up (RFC 4291, 2.5.5.1), and the library takes it for a mapped address. */
const endsInFourParts = (text: string): boolean => {
  const tail = text.lastIndexOf(':') + 1;
  return fourParts.test(text.slice(tail)) && text.slice(0, tail) !== '::';
};

/** An address as everybody would spell it, so that equal addresses are equal texts; null when the text is no single address. */
export const plainAddress = (text: string): string | null => addressIn(text)?.toString() ?? null;

/** Addresses from one on that share so many leading bits. */
type Range = readonly [Address, bits: number];

const rangeIn = (text: string): Range | null => {
  const [from = '', bitsGiven, ...more] = text.split('/');
  const address = more.length === 0 ? addressIn(from) : null;
  if (!address) return null;
  const whole = address.kind() === 'ipv4' ? 32 : 128;
  if (bitsGiven === undefined) return [address, whole];
  if (!/^\d{1,3}$/.test(bitsGiven)) return null;
  // A range of mapped addresses counts the 96 bits of the mapping too.
  const bits = Number(bitsGiven) - (address.kind() === 'ipv4' && from.includes(':') ? 96 : 0);
  return bits >= 0 && bits <= whole ? [address, bits] : null;
};

/** Whether a text names an address, or a range of them such as `10.0.0.0/8`. */
export const isAddressOrRange = (text: string): boolean => rangeIn(text) !== null;

/** Whether any entry of a list of addresses and ranges holds the address; a text that names none holds and is held by nothing. */
export const isWithin = (address: string, list: readonly string[]): boolean => {
  const wanted = addressIn(address);
  if (!wanted) return false;
  return list.some((entry) => {
    const range = rangeIn(entry);
    return range !== null && range[0].kind() === wanted.kind() && wanted.match(range[0], range[1]);
  });
};

/** What counts as one sender for limits (R13): an IPv4 address, or the /64 of an IPv6 one, in which a sender may pick any; null when the text is no address. */
export const senderKey = (address: string): string | null => {
  const found = addressIn(address);
  if (!found) return null;
  return found instanceof ipaddr.IPv6
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${found.toString()}/64`).toString()}/64`
    : found.toString();
};

/**
 * The network that a `senderKey` belongs to: the /48 of an IPv6 one, since a site is given a /48 and may pick any of the 65,536 /64 in
 * it (RFC 6177); else the sender itself.
 */
export const networkOf = (sender: string | null): string | null =>
  sender?.endsWith('/64')
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${sender.slice(0, -3)}/48`).toString()}/48`
    : sender;
