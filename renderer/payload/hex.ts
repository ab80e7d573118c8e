const perLine = 16;

/** Lines like `00000000  7b 22 61 22  {"a"`: offset, bytes, and their plain ASCII. */
export function hexLines(hex: string): string {
  const bytes = hex.match(/[0-9a-f]{2}/gi) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const part = bytes.slice(at, at + perLine);
    const ascii = part.map((byte) => {
      const code = Number.parseInt(byte, 16);
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
    });
    const place = at.toString(16).padStart(8, '0');
    lines.push(`${place}  ${part.join(' ').padEnd(perLine * 3 - 1)}  ${ascii.join('')}`);
  }
  return lines.join('\n');
}
