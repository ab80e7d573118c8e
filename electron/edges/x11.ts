export type X11Display = {
  readonly number: number;
  readonly addresses: readonly (
    | { readonly path: string }
    | { readonly host: string; readonly port: number }
  )[];
};

/** Reads a DISPLAY such as `:0`, `unix:1.0` or `host:10.0`; null for any other form. */
export const displayNamed = (name: string): X11Display | null => {
  const [, host = '', digits] = /^(?:([^:/\s]*):)(\d{1,5})(?:\.\d+)?$/.exec(name) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits);
  if (host !== '' && host !== 'unix') return { number, addresses: [{ host, port: 6000 + number }] };
  const path = `/tmp/.X11-unix/X${number}`;
  // A path that begins with NUL is in Linux's abstract namespace.
  return { number, addresses: [{ path }, { path: `\0${path}` }] };
};

const cookieName = 'MIT-MAGIC-COOKIE-1';

/** The keys for a display in an Xauthority file, up to where it is cut off (Xau library, `XauReadAuth`). */
export const cookiesFor = (authority: Buffer, number: number): Buffer[] => {
  const keys: Buffer[] = [];
  let at = 0;
  const take = (): Buffer => {
    const start = at + 2;
    const end = start + authority.readUInt16BE(at);
    if (end > authority.length) throw new RangeError('cut off');
    at = end;
    return authority.subarray(start, end);
  };
  try {
    while (at < authority.length) {
      at += 2; // The address family does not matter here.
      take();
      const of = take().toString('latin1');
      const name = take().toString('latin1');
      const key = take();
      if (name === cookieName && (of === '' || of === String(number))) keys.push(key);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return keys;
};

/** The first message to an X server, little-endian, protocol 11.0 (X Window System Protocol, section 8). */
export const greeting = (key: Buffer | null): Buffer => {
  const name = Buffer.from(key ? cookieName : '', 'latin1');
  const data = key ?? Buffer.alloc(0);
  const head = Buffer.alloc(12);
  head.write('l', 0, 'latin1');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(name.length, 6);
  head.writeUInt16LE(data.length, 8);
  return Buffer.concat([head, padded(name), padded(data)]);
};

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
