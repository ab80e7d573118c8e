import * as z from 'zod/mini';
import type { Occurrence, ProviderEvent } from '../../../shared/event.ts';
import { anything } from '../fields.ts';
import { contentHash } from '../idempotency.ts';
import type { Envelope } from './events.ts';
import { timeOf } from './times.ts';

const Dated = z.object({ timestamp: anything });

/**
 * Two grants of one user cause two deliveries of one event, with different ids and the same workspace and `data.timestamp`: Kryptos calls
 * it "fan-out per grant". Another body under the same id reports the same event, unless its meaning differs.
 */
export function occurrenceOf(
  { type, kind, severity }: Pick<ProviderEvent, 'type' | 'kind' | 'severity'>,
  envelope: Envelope,
): Occurrence | undefined {
  const { id, grant_id: grant, workspace_id: workspace } = envelope;
  const { data: dated } = Dated.safeParse(envelope.data);
  const changedAt = timeOf(dated?.timestamp, envelope.timestamp);
  const keys = [
    ...(workspace === null || changedAt === null
      ? []
      : [keyOf('workspace', type, workspace, changedAt)]),
    ...(id === null ? [] : [keyOf('id', type, kind, severity, id)]),
  ];
  return keys.length === 0 ? undefined : { keys, reporter: grant === null ? null : keyOf(grant) };
}

/** 132 bits are enough: only the owner of the secret chooses the input. */
const keyOf = (...parts: (string | number)[]): string =>
  contentHash(JSON.stringify(parts)).slice(0, 22);
