import * as z from 'zod/mini';
import { ownNameAtMost } from '../../shared/account.ts';
import type { Mistake } from '../../shared/mistake.ts';
import { isAddressOrRange } from '../addresses.ts';
import { plainHost } from '../hosts.ts';
import { linkTemplateMistake } from '../outside/link-template.ts';
import { providers } from '../providers/index.ts';
import { withoutByteOrderMark } from '../storage/file-lines.ts';
import { hostAndPort, isHttps } from './tunnel-settings.ts';

/** Trimmed: a secret that was pasted with its newline is the same secret. */
export const text = z.string('must be text').check(z.trim(), z.minLength(1, 'must not be empty'));
export const flag = z.boolean('must be true or false');
export const list = <T extends z.core.$ZodType>(of: T) => z.array(of, 'must be a list');

const publicUrl = text.check(z.refine(isHttps, 'must be an https:// address'));
const port = z
  .int('must be a whole number')
  .check(z.minimum(1, 'must be 1 to 65535'), z.maximum(65535, 'must be 1 to 65535'));
const bareHost = text.check(
  z.regex(/^[a-z0-9.-]+$/i, 'must be a host name without https:// and without a path'),
);
const serverAddress = text.check(z.regex(hostAndPort, 'must be host:port'));

const addressOrRange = text.check(
  z.refine(isAddressOrRange, 'must be an IP address or a range such as 10.0.0.0/8'),
);

const linkTemplate = text.check(
  z.refine((template) => linkTemplateMistake(template) === null, {
    error: ({ input }) =>
      typeof input === 'string' ? (linkTemplateMistake(input) ?? '') : 'must be text',
  }),
);

const orNull = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.optional(schema),
    z.transform((value) => value ?? null),
  );

/** ngrok's settings in a file, parsed to `NgrokSettings`: whatever is left out has its default. */
export const ngrokInFile = z.strictObject({
  kind: z.literal('ngrok'),
  domain: orNull(bareHost),
  serverAddress: orNull(serverAddress),
  rootCa: orNull(text),
  closedAtEdge: z._default(flag, true),
});

/** The tunnel's settings in a file, parsed to `TunnelSettings` where `ngrok` is. */
export const tunnelInFile = <Ngrok extends z.core.$ZodTypeDiscriminable>(ngrok: Ngrok) =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('custom'), publicUrl }),
      ngrok,
    ],
    'must be an object whose kind is none, custom or ngrok',
  );

export const receiverFields = {
  port: z.optional(port),
  trustedProxies: z.optional(list(addressOrRange)),
  hosts: z.optional(
    list(
      text.check(
        z.refine((host) => plainHost(host) !== null, 'must be a host name, with or without a port'),
      ),
    ).check(z.maxLength(8, 'must be at most eight')),
  ),
};

/** The hosts of a file as the settings store them. */
export const plainHosts = (hosts: readonly string[]): string[] =>
  hosts.flatMap((host) => plainHost(host) ?? []);

/** The fields of a source that are no secret. */
export const sourceFields = {
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
  clientId: z.optional(text),
  allowedAddresses: z.optional(list(addressOrRange)),
  linkTemplate: z.optional(linkTemplate),
};

/** A name that the person gave to an account or to its owner. */
export const nameInFile = z.strictObject(
  {
    of: z.enum(['account', 'owner'], 'must be account or owner'),
    sourceId: text,
    id: text,
    name: text.check(z.maxLength(ownNameAtMost, `must be at most ${ownNameAtMost} characters`)),
  },
  'must be an object',
);

export const repeatedIds = (sources: readonly { readonly id: string }[]): Mistake[] =>
  sources.flatMap(({ id }, index) =>
    sources.findIndex((source) => source.id === id) < index
      ? [{ path: `sources[${index}].id`, message: 'is used twice' }]
      : [],
  );

export type FileRead<T> =
  | { readonly status: 'valid'; readonly value: T }
  | { readonly status: 'mistaken'; readonly mistakes: readonly Mistake[] };

export const ofTheFile = (message: string): Mistake => ({ path: null, message });

/** Parses JSON; a byte-order mark does not matter. */
export const jsonIn = (json: string): FileRead<unknown> => {
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(json));
    return { status: 'valid', value };
  } catch (error) {
    return { status: 'mistaken', mistakes: [ofTheFile(`is not JSON${placeOf(error, json)}`)] };
  }
};

/** The line where the parser stopped. Its message is not passed on: it quotes the file, which holds secrets (E7). */
const placeOf = (error: unknown, json: string): string => {
  const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (position === undefined) return '';
  return ` from line ${json.slice(0, Number(position)).split('\n').length} on`;
};

/** Checks a value as a whole, and names every mistake with its place. */
export const checked = <T>(schema: z.ZodMiniType<T>, value: unknown): FileRead<T> => {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { status: 'valid', value: parsed.data }
    : { status: 'mistaken', mistakes: parsed.error.issues.flatMap(mistakesOf) };
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

const pathOf = (path: readonly PropertyKey[]): string | null =>
  path.reduce<string>(
    (whole, part) =>
      typeof part === 'number' ? `${whole}[${part}]` : `${whole}${whole && '.'}${String(part)}`,
    '',
  ) || null;
