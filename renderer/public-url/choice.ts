import type { FormField } from '../../shared/problem.ts';
import type { TunnelChoice, TunnelView } from '../../shared/tunnel.ts';
import type { Errors } from '../use-submit.ts';

export type PublicUrlForm = {
  kind: TunnelChoice['kind'];
  publicUrl: string;
  authtoken: string;
  domain: string;
  serverAddress: string;
  rootCa: string;
  closedAtEdge: boolean;
};

export const formOf = (tunnel: TunnelView): PublicUrlForm => ({
  kind: tunnel.kind,
  publicUrl: tunnel.kind === 'custom' ? tunnel.publicUrl : '',
  authtoken: '',
  domain: (tunnel.kind === 'ngrok' && tunnel.domain) || '',
  serverAddress: (tunnel.kind === 'ngrok' && tunnel.serverAddress) || '',
  rootCa: (tunnel.kind === 'ngrok' && tunnel.rootCa) || '',
  closedAtEdge: tunnel.kind === 'ngrok' ? tunnel.closedAtEdge : true,
});

const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** ngrok takes the host name alone; people paste the whole URL. */
const bareName = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '');

export const choiceOf = (form: PublicUrlForm): TunnelChoice => {
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

/** Mistakes by field, found before main is asked. */
export const mistakesIn = ({ kind, publicUrl }: PublicUrlForm): Errors<FormField> =>
  kind === 'custom' && publicUrl.trim() === ''
    ? { publicUrl: 'Enter an address that begins with https://' }
    : {};
