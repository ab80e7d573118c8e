import type { HeaderLine } from '../delivery.ts';
import { resentHeaders } from './resent-headers.ts';

export type Repeatable = {
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
};

/** In bytes. Linux takes at most 128 KiB as one argument. */
const longestArgument = 96 * 1024;

/** Also where a terminal passes a pasted text on as typed: a control character could end the command and begin another. */
const control = /[^\P{Cc}\n]/u;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One word of a POSIX shell that stands for exactly this text. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A command for a POSIX shell that sends a delivery again, byte for byte. Whatever headers and body hold is data to the shell, to curl and
 * to the terminal it is pasted into.
 */
export const curlCommand = ({ url, headers, body }: Repeatable): string => {
  const text = textOf(body);
  const fits = text !== null && body.byteLength <= longestArgument && !control.test(text);
  const sent = resentHeaders(headers);
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type');
  // Without these, curl looks for ranges in a URL, and names a type of its own.
  const lines = [
    `curl${/[[\]{}]/.test(url) ? ' --globoff' : ''} ${shellQuoted(url)}`,
    ...sent.flatMap(headerArgument),
    ...(hasType ? [] : [`-H ${shellQuoted('Content-Type:')}`]),
    // Unlike `--data`, it does not read a file where the body begins with `@`.
    fits ? `--data-raw ${shellQuoted(text)}` : '--data-binary @-',
  ];
  const command = lines.join(' \\\n  ');
  if (fits) return command;
  const encoded = Buffer.from(body).toString('base64');
  return `printf %s ${shellQuoted(encoded)} | base64 --decode | ${command}`;
};

/** Headers are kept as latin1. A value that is no plain text is left out. */
const headerArgument = ([name, value]: HeaderLine): string[] => {
  const text = textOf(Buffer.from(value, 'latin1'));
  if (text === null || control.test(text)) return [];
  return [`-H ${shellQuoted(text === '' ? `${name};` : `${name}: ${text}`)}`];
};

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};
