/** The sender addresses Vezgo publishes: https://vezgo.com/docs/webhooks */
export const publishedAddresses: readonly string[] = [
  '52.60.234.183',
  '52.60.240.87',
  '52.60.241.79',
  '52.60.242.161',
];

/** Whether the list names the address, in whatever spelling; an entry that is no address names none. */
export function isListed(address: string, list: readonly string[]): boolean {
  const wanted = addressBytes(address);
  return wanted !== null && list.some((listed) => addressBytes(listed) === wanted);
}

/**
 * The sixteen bytes of an address as hex, an IPv4 address as the IPv6 one it is mapped to (RFC 4291, 2.5.5.2);
 * null when the text is not one address.
 */
function addressBytes(text: string): string | null {
  const address = text.trim().toLowerCase();
  if (address.length > 45) return null;
  const four = ipv4(address);
  if (four !== null) return `${'0'.repeat(20)}ffff${four}`;

  const lastColon = address.lastIndexOf(':');
  const tail = ipv4(address.slice(lastColon + 1));
  return ipv6(
    tail === null
      ? address
      : `${address.slice(0, lastColon + 1)}${tail.slice(0, 4)}:${tail.slice(4)}`,
  );
}

function ipv4(text: string): string | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255)
    ? bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
    : null;
}

function ipv6(text: string): string | null {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return null;

  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;

  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => group.padStart(4, '0')).join('')
    : null;
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
