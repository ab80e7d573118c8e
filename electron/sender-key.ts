import ipaddr from 'ipaddr.js';

/** Bytes of an IPv6 address that name a network (/64); whoever has one has all its addresses. */
const networkBytes = 8;

/**
 * The sender that an address stands for (R13): an IPv4 address, or the /64 network of an IPv6 address, in one spelling. An
 * IPv4 address mapped into IPv6 is the IPv4 address. What is no address stands for itself; null where no address is known.
 */
export const senderKey = (address: string | null): string | null => {
  if (address === null || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray();
  if (bytes.length === 4) return parsed.toString();
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff)
    return bytes.slice(12).join('.');
  return `${Buffer.from(bytes.slice(0, networkBytes)).toString('hex')}/64`;
};

/** A site is given a /48 and may pick any of the 65,536 /64 in it (RFC 6177). */
const siteDigits = 12;

/** The network that a `senderKey` is of: the /48 of an IPv6 one, else the sender itself. */
export const networkOf = (sender: string | null): string | null =>
  sender?.endsWith('/64') ? `${sender.slice(0, siteDigits)}/48` : sender;
