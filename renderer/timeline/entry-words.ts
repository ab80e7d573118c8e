import type { Severity } from '../../shared/kinds.ts';
import { reportedBefore } from '../../shared/notes.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { span } from '../time.ts';

const late = 15 * 60_000;
const ahead = 24 * 3_600_000;

export const severityOf = (entry: TimelineEntry): Severity =>
  entry.status === 'event' ? entry.event.severity : 'info';

export type ChipWords = { words: string; why: string; tone: 'plain' | 'warning' | 'error' };

export function chipsOf(entry: TimelineEntry): ChipWords[] {
  const chips: ChipWords[] = [];
  const add = (tone: ChipWords['tone'], words: string, why: string) =>
    chips.push({ tone, words, why });

  if (entry.conflicts) {
    add('error', 'Conflict', 'It carries the id of an earlier delivery, and its bytes differ.');
  }
  if (entry.notes.includes(reportedBefore)) {
    add('plain', 'Reported before', reportedBefore);
  }
  if (entry.simulated) add('plain', 'Simulated', "Hookbell's own simulator made it.");
  if (!entry.simulated) addProof(entry, add);
  addDelay(entry, add);
  if (entry.duplicates > 0) {
    add(
      'plain',
      `×${entry.duplicates + 1}`,
      `The same delivery came ${entry.duplicates + 1} times.`,
    );
  }
  return chips;
}

type Add = (tone: ChipWords['tone'], words: string, why: string) => void;

function addProof({ proof }: TimelineEntry, add: Add): void {
  if (proof.status === 'verified' || proof.address === 'allowed') return;
  if (proof.address === 'not-told') {
    add('plain', 'Not signed', 'What else was checked is not known: the export does not say.');
  } else if (proof.address === 'unknown') {
    add('plain', 'Address not checked', "The sender's address could not be known.");
  } else if (proof.clientId === 'matched') {
    add('plain', 'Not signed', 'The secret part of the URL and the client id speak for it.');
  } else {
    add('plain', 'Not signed', 'Only the secret part of the URL speaks for it.');
  }
}

function addDelay(entry: TimelineEntry, add: Add): void {
  const occurredAt = entry.status === 'event' ? entry.event.occurredAt : null;
  if (occurredAt === null) return;
  const delay = entry.receivedAt - occurredAt;
  if (delay >= late) {
    add('plain', `Late ${span(delay)}`, `The provider dates it ${span(delay)} before it arrived.`);
  } else if (delay <= -ahead) {
    add('warning', 'Dated ahead', `The provider dates it ${span(delay)} after it arrived.`);
  }
}
