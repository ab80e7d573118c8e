import * as z from 'zod/mini';
import type { LineFault } from '../../shared/transfer.ts';
import { endOf9999 } from '../providers/fields.ts';
import type { FileLine } from '../storage/file-lines.ts';

/** The longest accepted line, in UTF-16 units. An escaped body of 2 MiB and its headers are shorter. */
export const longestLine = 16 * 1024 * 1024;

const bodyAtMost = 2 * 1024 * 1024;
const header = z.string().check(z.maxLength(32 * 1024));
const headersAtMost = 1000;

const Checked = z.object({
  secret: z.optional(z.int().check(z.minimum(0), z.maximum(1))),
  clientId: z.optional(z.enum(['matched', 'not-used'])),
  address: z.optional(z.enum(['allowed', 'unknown', 'not-used'])),
});

/** The imported fields of an export's line, within the limits of an entry; see docs/export.md. */
export const Line = z.object({
  id: z.uuid(),
  receivedAt: z.int().check(z.minimum(0), z.maximum(endOf9999)),
  source: z.string().check(z.regex(/^[\w.-]{1,64}$/)),
  provider: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  status: z.enum(['event', 'unrecognized', 'rejected']),
  type: z.optional(z.string()),
  proof: z.optional(z.enum(['verified', 'trusted'])),
  checked: z.optional(Checked),
  simulated: z.optional(z.boolean()),
  seen: z.optional(z.boolean()),
  archived: z.optional(z.boolean()),
  pinned: z.optional(z.boolean()),
  /** The format's name for the number of duplicates. */
  repeats: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000_000))),
  notes: z.optional(z.array(z.string())),
  conflicts: z.optional(z.boolean()),
  notification: z.optional(z.object({ shown: z.boolean(), why: z.string() })),
  headers: z
    .record(z.string(), header)
    .check(z.refine((headers) => Object.keys(headers).length <= headersAtMost)),
  headerLines: z.optional(
    z.array(z.tuple([header, z.nullable(header)])).check(z.maxLength(headersAtMost)),
  ),
  body: z.optional(
    z.string().check(z.refine((text) => Buffer.byteLength(text, 'utf8') <= bodyAtMost)),
  ),
  bodyBase64: z.optional(z.string().check(z.maxLength(Math.ceil(bodyAtMost / 3) * 4))),
});
export type Line = z.infer<typeof Line>;

export type LineRead =
  | { readonly status: 'read'; readonly line: Line }
  | { readonly status: 'blank' }
  | { readonly status: 'refused'; readonly fault: LineFault };

/** Parses a line. Never throws. */
export const readLine = (text: FileLine): LineRead => {
  if (text === null) return refused({ what: 'too-long' });
  if (text.trim() === '') return { status: 'blank' };
  const { success, data, error } = Line.safeParse(jsonIn(text));
  if (success) return { status: 'read', line: data };
  const [field] = error.issues[0]?.path ?? [];
  return refused(
    field === undefined ? { what: 'no-entry' } : { what: 'field', field: String(field) },
  );
};

const refused = (fault: LineFault): LineRead => ({ status: 'refused', fault });

/** Undefined for invalid JSON. */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
