export type LoopbackUrl =
  | { readonly status: 'ok'; readonly url: string; readonly port: number }
  /** `message`: why, for the field where it was typed. */
  | { readonly status: 'refused'; readonly message: string };

const refused = (message: string): LoopbackUrl => ({ status: 'refused', message });

/** A URL of a server on this very computer, as the person typed it; `http://` may be left out. */
export const loopbackUrl = (typed: string): LoopbackUrl => {
  const text = typed.trim();
  if (text === '') return refused('Enter a URL, such as http://localhost:3000/hooks');
  const url = parsed(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url) return refused('This is not a URL. It looks like http://localhost:3000/hooks');
  if (url.protocol !== 'http:')
    return refused('It has to begin with http://, because it stays on this computer');
  if (!isLoopback(url.hostname))
    return refused('Only this computer: localhost, 127.0.0.1 or [::1]');
  if (url.username !== '' || url.password !== '')
    return refused('Leave the user name and the password out of it');
  url.hash = '';
  return { status: 'ok', url: url.href, port: url.port === '' ? 80 : Number(url.port) };
};

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

/** Names as the URL parser spells them: `127.1` is 127.0.0.1 there. */
const isLoopback = (hostname: string): boolean =>
  isLocalName(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]';

/** A name that means this computer whatever a resolver says (RFC 6761). */
export const isLocalName = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost');
