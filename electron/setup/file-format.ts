import * as z from 'zod/mini';
import type { Mistake } from '../../shared/problem.ts';
import { isAddressOrRange } from '../addresses.ts';
import { withoutByteOrderMark } from '../file-lines.ts';
import { plainHost } from '../hosts.ts';
import { providers } from '../providers/index.ts';
import { hostAndPort, isHttps } from './tunnel-settings.ts';

/** What files that a person may have written by hand are made of, with words for what is wrong there. */
/** Without the white space around it: a secret that was pasted with its newline is the same secret. */
export const text = z.string('must be text').check(z.trim(), z.minLength(1, 'must not be empty'));
export const list = <T extends z.core.$ZodType>(of: T) => z.array(of, 'must be a list');

export const publicUrl = text.check(z.refine(isHttps, 'must be an https:// address'));
export const port = z
  .int('must be a whole number')
  .check(z.minimum(1, 'must be 1 to 65535'), z.maximum(65535, 'must be 1 to 65535'));
export const bareHost = text.check(
  z.regex(/^[a-z0-9.-]+$/i, 'must be a host name without https:// and without a path'),
);
export const serverAddress = text.check(z.regex(hostAndPort, 'must be host:port'));

const addressOrRange = text.check(
  z.refine(isAddressOrRange, 'must be an IP address or a range such as 10.0.0.0/8'),
);

/** How the receiver is reached. */
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

/** The hosts of a file as they are kept. */
export const plainHosts = (hosts: readonly string[]): string[] =>
  hosts.flatMap((host) => plainHost(host) ?? []);

/** A source, but for what lets anyone in. */
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
};

/** Ids that stand for more than one source. */
export const repeatedIds = (sources: readonly { readonly id: string }[]): Mistake[] =>
  sources.flatMap(({ id }, index) =>
    sources.findIndex((source) => source.id === id) < index
      ? [{ path: `sources[${index}].id`, message: 'is used twice' }]
      : [],
  );

export type FileRead<T> =
  | { readonly status: 'valid'; readonly value: T }
  | { readonly status: 'mistaken'; readonly mistakes: readonly Mistake[] };

/** A mistake of the file as a whole. */
export const ofTheFile = (message: string): Mistake => ({ path: '(file)', message });

/** Parses JSON; a byte-order mark does not matter. */
export const jsonIn = (json: string): FileRead<unknown> => {
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(json));
    return { status: 'valid', value };
  } catch (error) {
    return { status: 'mistaken', mistakes: [ofTheFile(`is not JSON${placeOf(error, json)}`)] };
  }
};

/** Where the parser says that it stopped. Its words are not passed on: they quote the file, secrets among it (E7). */
const placeOf = (error: unknown, json: string): string => {
  const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (position === undefined) return '';
  return ` from line ${json.slice(0, Number(position)).split('\n').length} on`;
};

/** Checks a value as a whole: every mistake is named with its place. */
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

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (whole, part) =>
      typeof part === 'number' ? `${whole}[${part}]` : `${whole}${whole && '.'}${String(part)}`,
    '',
  ) || '(file)';
