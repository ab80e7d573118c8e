import * as z from 'zod/mini';
import type { Mistake } from '../../shared/mistake.ts';
import { DetailLevel } from '../../shared/settings.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import { providers } from '../providers/index.ts';
import { authtokenId, boundAuthtoken } from './authtoken.ts';
import { tokenPattern } from './endpoints.ts';
import {
  checked,
  type FileRead,
  jsonIn,
  list,
  ngrokInFile,
  ofTheFile,
  plainHosts,
  receiverFields,
  repeatedIds,
  sourceFields,
  text,
  tunnelInFile,
} from './file-format.ts';
import type { SettingsStore } from './settings.ts';
import type { Sources } from './sources.ts';
import type { Vault } from './vault.ts';

const ProvisionedSource = z.strictObject({
  ...sourceFields,
  token: text.check(z.regex(tokenPattern, 'must be at least 22 characters of A-Z a-z 0-9 _ -')),
  secrets: z.optional(list(text).check(z.maxLength(2, 'must be at most two, the newest first'))),
});
type ProvisionedSource = z.infer<typeof ProvisionedSource>;

const Provisioning = z.strictObject(
  {
    receiver: z.optional(z.strictObject(receiverFields, 'must be an object')),
    tunnel: z.optional(
      tunnelInFile(z.extend(z.omit(ngrokInFile, { closedAtEdge: true }), { authtoken: text })),
    ),
    sources: z.optional(list(ProvisionedSource)),
    notifications: z.optional(
      z.strictObject({ detail: z.optional(DetailLevel) }, 'must be an object'),
    ),
  },
  'must be an object',
);
export type Provisioning = z.infer<typeof Provisioning>;

/** Reads a provisioning file as a whole: names every mistake, and with any nothing of it may be used. */
export const readProvisioning = (json: string): FileRead<Provisioning> => {
  const read = jsonIn(json);
  if (read.status === 'mistaken') return read;
  const parsed = checked(Provisioning, read.value);
  if (parsed.status === 'mistaken') return parsed;
  const sources = parsed.value.sources ?? [];
  const mistakes = [...repeatedIds(sources), ...sourceMistakes(sources)];
  return mistakes.length > 0 ? { status: 'mistaken', mistakes } : parsed;
};

/** Mistakes across fields: repeated tokens, and what each provider needs or cannot use. */
const sourceMistakes = (sources: readonly ProvisionedSource[]): Mistake[] =>
  sources.flatMap(({ provider, token, secrets = [], clientId }, index) => {
    const at = (field: string) => `sources[${index}].${field}`;
    const info = providers.get(provider)?.info;
    const mistakes: (Mistake | false)[] = [
      sources.slice(0, index).some((earlier) => earlier.token === token) && {
        path: at('token'),
        message: 'is used twice',
      },
      info?.secret === 'none' &&
        secrets.length > 0 && {
          path: at('secrets'),
          message: 'must be left out: this provider signs nothing',
        },
      info?.clientIdLabel !== null &&
        clientId === undefined && {
          path: at('clientId'),
          message: 'is missing: this provider sends one with every delivery',
        },
      info?.clientIdLabel === null &&
        clientId !== undefined && {
          path: at('clientId'),
          message: 'must be left out: this provider has none',
        },
    ];
    return mistakes.filter((mistake) => mistake !== false);
  });

type Setup = {
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  /** Epoch ms. */
  readonly now: number;
};

/** The text of a provisioning file, or why it cannot be read, which is a mistake of its own. */
export type ProvisioningFile = { readonly text: string } | { readonly unreadable: string };

export type Provisioned = {
  /** With any, nothing of the file was used. */
  readonly mistakes: readonly Mistake[];
  /** Settles with what kept its secrets from being stored; they are in use until the app ends. Never rejects. */
  readonly stored: Promise<readonly Mistake[]>;
};

const mistaken = (mistakes: readonly Mistake[]): Provisioned => ({
  mistakes,
  stored: Promise.resolve([]),
});

/** Sets up what a provisioning file says, where there is one. Does not wait for the keyring. */
export const provisionFrom = (file: ProvisioningFile | null, setup: Setup): Provisioned => {
  if (!file) return mistaken([]);
  if ('unreadable' in file) return mistaken([ofTheFile(file.unreadable)]);
  const read = readProvisioning(file.text);
  return read.status === 'valid' ? applyProvisioning(read.value, setup) : mistaken(read.mistakes);
};

/**
 * Sets up what a provisioning file says: sources are matched by id, new ones added, known ones updated, none removed.
 * Never throws: an error is a mistake of the file as a whole, and no reason not to start.
 */
export const applyProvisioning = (provisioning: Provisioning, setup: Setup): Provisioned => {
  try {
    const stored = Promise.all(setUp(provisioning, setup)).then(
      () => [],
      (error: unknown) => [unusable(error)],
    );
    return { mistakes: [], stored };
  } catch (error) {
    return mistaken([unusable(error)]);
  }
};

const unusable = (error: unknown): Mistake =>
  ofTheFile(`could not be used: ${error instanceof Error ? error.message : 'unknown error'}`);

/** Each promise settles when a secret of the file is on disk. */
const setUp = (
  { receiver, tunnel, sources: wanted = [], notifications }: Provisioning,
  { settings, sources, vault, now }: Setup,
): Promise<void>[] => {
  const { current } = settings;
  settings.change({
    receiver: {
      port: receiver?.port ?? current.receiver.port,
      trustedProxies: receiver?.trustedProxies ?? current.receiver.trustedProxies,
      hosts: receiver?.hosts ? plainHosts(receiver.hosts) : current.receiver.hosts,
    },
    tunnel: tunnel ? withoutAuthtoken(tunnel) : current.tunnel,
    preferences: {
      ...current.preferences,
      notificationDetail: notifications?.detail ?? current.preferences.notificationDetail,
    },
  });
  const authtoken =
    tunnel?.kind === 'ngrok'
      ? [vault.give(authtokenId, boundAuthtoken(tunnel.authtoken, tunnel))]
      : [];
  return [
    ...authtoken,
    ...wanted.map(({ secrets = [], clientId = null, allowedAddresses = null, ...named }) =>
      sources.provision({ ...named, secrets, clientId, allowedAddresses }, now),
    ),
  ];
};

const withoutAuthtoken = (tunnel: NonNullable<Provisioning['tunnel']>): TunnelSettings => {
  if (tunnel.kind !== 'ngrok') return tunnel;
  const { authtoken: _, ...settings } = tunnel;
  return { ...settings, closedAtEdge: true };
};
