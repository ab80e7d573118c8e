import * as z from 'zod/mini';
import type { Proof } from '../../shared/event.ts';
import { providers } from '../providers/index.ts';
import type { Draft, History } from './history.ts';
import { bytesOf, storedBody } from './record.ts';

/** A line of an export, as far as it is needed to keep the entry again; see docs/export.md. */
const Line = z.object({
  id: z.uuid(),
  receivedAt: z.int(),
  source: z.string(),
  provider: z.string(),
  status: z.enum(['event', 'unrecognized', 'rejected']),
  proof: z.optional(z.enum(['verified', 'trusted'])),
  simulated: z.optional(z.boolean()),
  seen: z.optional(z.boolean()),
  notification: z.optional(z.object({ shown: z.boolean(), why: z.string() })),
  headers: z.record(z.string(), z.string()),
  body: z.optional(z.string()),
  bodyBase64: z.optional(z.string()),
});
type Line = z.infer<typeof Line>;

export type Imported =
  | { readonly status: 'done'; readonly entries: number; readonly skipped: number }
  /** Into a history that has entries the import would be mixed up with what came since. */
  | { readonly status: 'not-empty' }
  | { readonly status: 'unreadable'; readonly line: number };

/** Reads an export into an empty history, on a new computer: checked as a whole first, then kept in its order, dated as it was. */
export const importLines = async (
  lines: readonly string[],
  history: History,
): Promise<Imported> => {
  if (history.count > 0) return { status: 'not-empty' };
  const read = lines.map((text) => lineIn(text));
  const broken = read.indexOf(null);
  if (broken >= 0) return { status: 'unreadable', line: broken + 1 };

  const kept = read.filter((line) => line !== null && line.status !== 'rejected');
  let entries = 0;
  for (const line of kept) {
    const draft = line && draftOf(line);
    if (!draft || !line) continue;
    const outcome = await history.record(draft);
    if (outcome.outcome !== 'recorded') continue;
    entries += 1;
    const { seq } = outcome.entry;
    if (line.seen) history.markSeen([seq], true);
    if (line.notification) history.decide(seq, line.notification);
  }
  return { status: 'done', entries, skipped: read.length - entries };
};

const lineIn = (text: string): Line | null => {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** Null for a provider this version does not know. Its event is read again from the body it came with. */
const draftOf = (line: Line): Draft | null => {
  const provider = providers.get(line.provider);
  if (!provider) return null;
  const body =
    line.bodyBase64 === undefined ? { text: line.body ?? '' } : { base64: line.bodyBase64 };
  const bytes = bytesOf(body);
  const headers = Object.entries(line.headers);
  const { id, receivedAt, source: sourceId, simulated = false } = line;
  const proof = proofOf(line);
  const { reading, repeatKeys } = provider.understand(
    { id, receivedAt, headers, body: bytes, senderAddress: null, peerAddress: '', simulated },
    proof,
  );
  return {
    ...{
      id,
      receivedAt,
      sourceId,
      provider: provider.id,
      headers,
      proof,
      simulated,
      keys: repeatKeys,
    },
    body: storedBody(bytes),
    reading: reading.status === 'unreadable' ? { status: 'unrecognized', type: null } : reading,
  };
};

/** An export says that something was checked, not with which secret or from which address. */
const proofOf = ({ proof }: Line): Proof =>
  proof === 'verified'
    ? { status: 'verified', secret: 0 }
    : { status: 'trusted', clientId: 'not-used', address: 'unknown' };
