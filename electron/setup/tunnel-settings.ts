import type { Problem } from '../../shared/problem.ts';
import type { TunnelChoice, TunnelView } from '../../shared/tunnel.ts';
import { type AuthtokenRead, authtokenFor, keepAuthtoken } from './authtoken.ts';
import type { SettingsStore, TunnelSettings } from './settings.ts';
import type { Vault } from './vault.ts';

/** The chosen way in without its authtoken. */
export const tunnelView = (settings: SettingsStore, vault: Vault): TunnelView => {
  const { tunnel } = settings.current;
  return tunnel.kind === 'ngrok'
    ? { ...tunnel, hasAuthtoken: authtokenFor(vault, tunnel).status === 'open' }
    : tunnel;
};

type Ngrok = Extract<TunnelSettings, { kind: 'ngrok' }>;

/** The way in as a file of settings names it: of ngrok, only what is not as usual. */
type TunnelInFile =
  | Exclude<TunnelSettings, Ngrok>
  | (Pick<Ngrok, 'kind'> & { readonly [K in Exclude<keyof Ngrok, 'kind'>]?: Ngrok[K] | undefined });

/** The way in that a provisioning file or a file of settings names, as it is kept. */
export const tunnelInFile = (tunnel: TunnelInFile): TunnelSettings =>
  tunnel.kind === 'ngrok'
    ? {
        kind: 'ngrok',
        domain: tunnel.domain ?? null,
        serverAddress: tunnel.serverAddress ?? null,
        rootCa: tunnel.rootCa ?? null,
        closedAtEdge: tunnel.closedAtEdge ?? true,
      }
    : tunnel;

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
/** A server's address, in ASCII: what a person is asked about is what is dialled. */
export const hostAndPort = /^[a-z0-9._-]+:\d{1,5}$/i;

/** Whether a text is an https address without a user name in it. */
export const isHttps = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, username } = new URL(value);
  return protocol === 'https:' && username === '';
};

/**
 * What is wrong with a choice, at its field; null when it can be used. Checked before ngrok is asked. `stored`: the authtoken that is
 * kept, as read for the choice's own destination.
 */
export const choiceMistake = (
  choice: TunnelChoice,
  stored: AuthtokenRead['status'],
): Problem | null => {
  const invalid = (field: string, message: string): Problem => ({
    code: 'invalid',
    field,
    message,
  });
  if (choice.kind === 'none') return null;
  if (choice.kind === 'custom') {
    return isHttps(choice.publicUrl)
      ? null
      : invalid('publicUrl', 'Enter an address that begins with https://');
  }
  if (choice.authtoken === null && stored === 'elsewhere')
    return invalid(
      'authtoken',
      'Paste the authtoken again: the stored one is sent only to the server and CA it was entered for',
    );
  if (choice.authtoken === null && stored !== 'open')
    return invalid('authtoken', 'Paste the authtoken of your ngrok account');
  if (choice.domain !== null && !hostName.test(choice.domain)) {
    return invalid('domain', 'Enter the name alone, such as my-name.ngrok-free.app');
  }
  if (choice.serverAddress !== null && !hostAndPort.test(choice.serverAddress)) {
    return invalid('serverAddress', 'Enter it as host:port');
  }
  return null;
};

/** Keeps a choice that `choiceMistake` found nothing wrong with. Rejects when keyring or disk refuse. */
export const chooseTunnel = async (
  choice: TunnelChoice,
  settings: SettingsStore,
  vault: Vault,
): Promise<void> => {
  if (choice.kind !== 'ngrok') {
    settings.change({ tunnel: choice });
    return;
  }
  const { authtoken, ...tunnel } = choice;
  settings.demandWritable();
  if (authtoken !== null) await keepAuthtoken(vault, authtoken, tunnel);
  settings.change({ tunnel });
};
