import type { FormField, Problem } from '../../shared/problem.ts';
import type { TunnelChoice, TunnelView } from '../../shared/tunnel.ts';
import { type AuthtokenRead, authtokenFor, keepAuthtoken } from './authtoken.ts';
import type { SettingsStore } from './settings.ts';
import type { Vault } from './vault.ts';

export const tunnelView = (settings: SettingsStore, vault: Vault): TunnelView => {
  const { tunnel } = settings.current;
  return tunnel.kind === 'ngrok'
    ? { ...tunnel, hasAuthtoken: authtokenFor(vault, tunnel).status === 'open' }
    : tunnel;
};

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
/** A server's address, in ASCII: the person confirms the name that is dialled. */
export const hostAndPort = /^[a-z0-9._-]+:\d{1,5}$/i;

/** Whether a text is an https address without a user name in it. */
export const isHttps = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, username } = new URL(value);
  return protocol === 'https:' && username === '';
};

/** The first mistake in a choice; null when it can be used. `stored`: the authtoken as read for the choice's destination. */
export const choiceMistake = (
  choice: TunnelChoice,
  stored: AuthtokenRead['status'],
): Problem | null => {
  const invalid = (field: FormField, message: string): Problem => ({
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

/** Stores a choice without mistakes (`choiceMistake`). Rejects when keyring or disk refuse. */
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
