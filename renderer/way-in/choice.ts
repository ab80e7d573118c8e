import type { TunnelChoice, TunnelView } from '../../shared/tunnel.ts';

/** What the form about the public way in holds while it is filled in. */
export type WayInForm = {
  kind: TunnelChoice['kind'];
  publicUrl: string;
  authtoken: string;
  domain: string;
  serverAddress: string;
  rootCa: string;
  closedAtEdge: boolean;
};

export const formOf = (tunnel: TunnelView): WayInForm => ({
  kind: tunnel.kind,
  publicUrl: tunnel.kind === 'custom' ? tunnel.publicUrl : '',
  authtoken: '',
  domain: (tunnel.kind === 'ngrok' && tunnel.domain) || '',
  serverAddress: (tunnel.kind === 'ngrok' && tunnel.serverAddress) || '',
  rootCa: (tunnel.kind === 'ngrok' && tunnel.rootCa) || '',
  closedAtEdge: tunnel.kind === 'ngrok' ? tunnel.closedAtEdge : true,
});

const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** People paste the whole address; ngrok takes the name alone. */
const bareName = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '');

export const choiceOf = (form: WayInForm): TunnelChoice => {
  switch (form.kind) {
    case 'none':
      return { kind: 'none' };
    case 'custom':
      return { kind: 'custom', publicUrl: form.publicUrl.trim() };
    case 'ngrok':
      return {
        kind: 'ngrok',
        authtoken: given(form.authtoken),
        domain: given(bareName(form.domain)),
        serverAddress: given(form.serverAddress),
        rootCa: given(form.rootCa),
        closedAtEdge: form.closedAtEdge,
      };
  }
};

/** What main would refuse to read, by field. */
export const mistakesIn = ({ kind, publicUrl }: WayInForm): Record<string, string> =>
  kind === 'custom' && publicUrl.trim() === ''
    ? { publicUrl: 'Enter an address that begins with https://' }
    : {};
