import * as z from 'zod/mini';
import type { Occurrence, ProviderEvent } from '../../../shared/event.ts';
import { anything } from '../fields.ts';
import { digest } from '../repeats.ts';
import type { Envelope } from './events.ts';
import { timeOf } from './times.ts';

const Dated = z.object({ timestamp: anything });

/**
 * What an event reports. Two grants of one user give two deliveries of one event, with different ids and the same workspace
 * and `data.timestamp` (P2, P4: "fan-out per grant"). Another body under the same id is
 * the same event too, unless it means something else.
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

/** 132 bits are enough: nobody without the secret chooses what goes in. */
const keyOf = (...parts: (string | number)[]): string => digest(JSON.stringify(parts)).slice(0, 22);
