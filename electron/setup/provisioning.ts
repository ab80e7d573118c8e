import * as z from 'zod/mini';
import { DetailLevel } from '../../shared/settings.ts';
import { providers } from '../providers/index.ts';
import type { Settings, SettingsStore } from './settings.ts';
import { type Sources, tokenPattern } from './sources.ts';
import { authtokenId, isHttps } from './tunnel-settings.ts';
import type { Vault } from './vault.ts';

/** One mistake in a provisioning file: where, such as `sources[1].token`, and what is wrong there. */
export type Mistake = { readonly path: string; readonly message: string };

const text = z.string('must be text').check(z.minLength(1, 'must not be empty'));
const list = <T extends z.core.$ZodType>(of: T) => z.array(of, 'must be a list');

const publicUrl = text.check(z.refine(isHttps, 'must be an https:// address'));
const port = z
  .int('must be a whole number')
  .check(z.minimum(1, 'must be 1 to 65535'), z.maximum(65535, 'must be 1 to 65535'));
const bareHost = text.check(
  z.regex(/^[a-z0-9.-]+$/i, 'must be a host name without https:// and without a path'),
);
const hostAndPort = text.check(z.regex(/^[^\s/:]+:\d{1,5}$/, 'must be host:port'));

const ProvisionedSource = z.strictObject({
  id: text.check(
    z.regex(
      /^[A-Za-z0-9._-]{1,64}$/,
      'must be 1 to 64 letters, digits, dots, dashes or underscores',
    ),
  ),
  provider: text.check(
    z.refine((id) => providers.has(id), `must be one of ${[...providers.keys()].join(', ')}`),
  ),
  name: text.check(z.maxLength(60, 'must be at most 60 characters')),
  token: text.check(z.regex(tokenPattern, 'must be at least 22 characters of A-Z a-z 0-9 _ -')),
  secrets: z.optional(list(text).check(z.maxLength(2, 'must be at most two, the newest first'))),
  clientId: z.optional(text),
  allowedAddresses: z.optional(list(text)),
});
type ProvisionedSource = z.infer<typeof ProvisionedSource>;

const Provisioning = z.strictObject(
  {
    receiver: z.optional(
      z.strictObject(
        { port: z.optional(port), trustedProxies: z.optional(list(text)) },
        'must be an object',
      ),
    ),
    tunnel: z.optional(
      z.discriminatedUnion(
        'kind',
        [
          z.strictObject({ kind: z.literal('none') }),
          z.strictObject({ kind: z.literal('custom'), publicUrl }),
          z.strictObject({
            kind: z.literal('ngrok'),
            authtoken: text,
            domain: z.optional(bareHost),
            serverAddress: z.optional(hostAndPort),
            rootCa: z.optional(text),
          }),
        ],
        'must be an object whose kind is none, custom or ngrok',
      ),
    ),
    sources: z.optional(list(ProvisionedSource)),
    notifications: z.optional(
      z.strictObject({ detail: z.optional(DetailLevel) }, 'must be an object'),
    ),
  },
  'must be an object',
);
export type Provisioning = z.infer<typeof Provisioning>;

export type ProvisioningRead =
  | { readonly status: 'valid'; readonly provisioning: Provisioning }
  | { readonly status: 'mistaken'; readonly mistakes: readonly Mistake[] };

const mistaken = (mistakes: readonly Mistake[]): ProvisioningRead => ({
  status: 'mistaken',
  mistakes,
});

/** Reads a provisioning file as a whole: every mistake is named, and one mistake means that nothing of it is used. */
export const readProvisioning = (json: string): ProvisioningRead => {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    return mistaken([
      { path: '(file)', message: `is not JSON: ${error instanceof Error ? error.message : ''}` },
    ]);
  }
  const parsed = Provisioning.safeParse(value);
  if (!parsed.success) {
    return mistaken(parsed.error.issues.flatMap(mistakesOf));
  }
  const mistakes = sourceMistakes(parsed.data.sources ?? []);
  return mistakes.length > 0 ? mistaken(mistakes) : { status: 'valid', provisioning: parsed.data };
};

const mistakesOf = (issue: z.core.$ZodIssue): Mistake[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      message: 'is not a setting Hookbell knows',
    }));
  }
  return [{ path: pathOf(issue.path), message: issue.message }];
};

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (whole, part) =>
      typeof part === 'number' ? `${whole}[${part}]` : `${whole}${whole && '.'}${String(part)}`,
    '',
  ) || '(file)';

/** What no single field can tell: repeated ids and tokens, and what each provider needs or cannot use. */
const sourceMistakes = (sources: readonly ProvisionedSource[]): Mistake[] =>
  sources.flatMap((source, index) => {
    const at = (field: string) => `sources[${index}].${field}`;
    const earlier = sources.slice(0, index);
    const info = providers.get(source.provider)?.info;
    const mistakes: (Mistake | false)[] = [
      earlier.some(({ id }) => id === source.id) && { path: at('id'), message: 'is used twice' },
      earlier.some(({ token }) => token === source.token) && {
        path: at('token'),
        message: 'is used twice',
      },
      info?.secret === 'none' &&
        (source.secrets?.length ?? 0) > 0 && {
          path: at('secrets'),
          message: 'must be left out: this provider signs nothing',
        },
      info?.clientIdLabel !== null &&
        source.clientId === undefined && {
          path: at('clientId'),
          message: 'is missing: this provider sends one with every delivery',
        },
      info?.clientIdLabel === null &&
        source.clientId !== undefined && {
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

/**
 * Sets up what a provisioning file says: sources are matched by id, new ones added, known ones updated, none removed.
 * Never rejects: what kept it from being set up is a mistake of the file as a whole, and no reason not to start.
 */
export const applyProvisioning = async (
  provisioning: Provisioning,
  setup: Setup,
): Promise<Mistake[]> => {
  try {
    await setUp(provisioning, setup);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    return [{ path: '(file)', message: `could not be used: ${why}` }];
  }
};

const setUp = async (
  { receiver, tunnel, sources: wanted = [], notifications }: Provisioning,
  { settings, sources, vault, now }: Setup,
): Promise<void> => {
  const { current } = settings;
  settings.change({
    receiver: {
      port: receiver?.port ?? current.receiver.port,
      trustedProxies: receiver?.trustedProxies ?? current.receiver.trustedProxies,
    },
    tunnel: tunnel ? tunnelSettings(tunnel) : current.tunnel,
    preferences: {
      ...current.preferences,
      notificationDetail: notifications?.detail ?? current.preferences.notificationDetail,
    },
  });
  if (tunnel?.kind === 'ngrok') await vault.put(authtokenId, tunnel.authtoken);
  for (const source of wanted) await provisionSource(source, sources, now);
};

const tunnelSettings = (tunnel: NonNullable<Provisioning['tunnel']>): Settings['tunnel'] =>
  tunnel.kind === 'ngrok'
    ? {
        kind: 'ngrok',
        domain: tunnel.domain ?? null,
        serverAddress: tunnel.serverAddress ?? null,
        rootCa: tunnel.rootCa ?? null,
        closedAtEdge: true,
      }
    : tunnel;

const provisionSource = async (
  wanted: ProvisionedSource,
  sources: Sources,
  now: number,
): Promise<void> => {
  const {
    id,
    provider,
    name,
    token,
    secrets = [],
    clientId = null,
    allowedAddresses = null,
  } = wanted;
  const known = sources.find(id);
  if (known && known.provider !== provider) sources.remove(id);
  const same = sources.find(id);
  if (!same) return sources.add({ id, provider, name, token, secrets, clientId, allowedAddresses });

  if (sources.tokenOf(same) !== token) await sources.replaceToken(same, token, now);
  await sources.change(sources.find(id) ?? same, { id, name, secrets, clientId, allowedAddresses });
};
