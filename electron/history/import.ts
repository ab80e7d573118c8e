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
  | { readonly status: 'unreadable'; readonly line: number }
  /** The disk took no more; `error` is the system's. */
  | { readonly status: 'stopped'; readonly entries: number; readonly error: unknown };

export type ExportFile = { readonly of: number; readonly oldestAt: number };

/** So many are kept at once, which share their syncs. */
const atOnce = 256;

/**
 * Reads an export into an empty history, on a new computer: checked as a whole first, then kept in its order, dated as it was.
 * `lines` begins anew whenever it is called; `following` is given them the second time, with how many there are and when the oldest
 * came (epoch ms).
 */
export const importLines = async (
  lines: () => AsyncIterable<string>,
  history: History,
  following: (lines: AsyncIterable<string>, about: ExportFile) => AsyncIterable<string>,
): Promise<Imported> => {
  if (history.count > 0) return { status: 'not-empty' };
  let of = 0;
  let oldestAt = Number.POSITIVE_INFINITY;
  for await (const text of lines()) {
    of += 1;
    const line = lineIn(text);
    if (!line) return { status: 'unreadable', line: of };
    oldestAt = Math.min(oldestAt, line.receivedAt);
  }

  let entries = 0;
  let waiting: Promise<boolean>[] = [];
  const settle = async () => {
    const kept = await Promise.all(waiting);
    entries += kept.filter(Boolean).length;
    waiting = [];
  };
  const begin = (line: Line) => {
    const kept = keep(line, history);
    kept.catch(() => {}); // It is waited for later.
    waiting.push(kept);
  };
  try {
    for await (const text of following(lines(), { of, oldestAt })) {
      const line = lineIn(text);
      if (line && line.status !== 'rejected') begin(line);
      if (waiting.length === atOnce) await settle();
    }
    await settle();
  } catch (error) {
    await Promise.allSettled(waiting);
    return { status: 'stopped', entries: history.count, error };
  }
  return { status: 'done', entries, skipped: of - entries };
};

/** Whether it is an entry now: not one that a line before it was already, nor of a provider that is not known here. */
async function keep(line: Line, history: History): Promise<boolean> {
  const draft = draftOf(line);
  if (!draft) return false;
  const outcome = await history.record(draft);
  if (outcome.outcome !== 'recorded') return false;
  const { seq } = outcome.entry;
  if (line.seen) history.markSeen([seq], true);
  if (line.notification) history.decide(seq, line.notification);
  return true;
}

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
