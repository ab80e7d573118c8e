import { count, number } from '../../shared/english.ts';
import type { ImportResult, LineFault } from '../../shared/transfer.ts';

type Of<S extends ImportResult['status']> = Extract<ImportResult, { status: S }>;

const again = 'Import the same file to read the rest.';

export function importWords(result: ImportResult): string {
  switch (result.status) {
    case 'done':
      return doneWords(result);
    case 'cancelled':
      return `Called off: ${readWords(result)} ${again}${longerWords(result)}`;
    case 'stopped':
      return `Stopped: ${readWords(result)} ${result.message} ${again}${longerWords(result)}`;
    case 'unfinished':
      return `An import did not come to its end. ${again}`;
    case 'not-empty':
      return 'There are events already. An import needs an empty history.';
    case 'other-file':
      return 'An import of another file was begun. Import that one first. Nothing was read of this one.';
    case 'unreadable':
      return `Line ${number(result.line)} ${faultWords(result.fault)}. Nothing was read.`;
    case 'failed':
      return 'The file could not be read.';
  }
}

export function importTone({ status }: ImportResult): 'success' | 'plain' | 'error' {
  if (status === 'done') return 'success';
  return status === 'cancelled' || status === 'unfinished' ? 'plain' : 'error';
}

function doneWords(result: Of<'done'>): string {
  const { entries, known, rejected } = result;
  const here = known === 0 ? '' : `, ${number(known)} were here already`;
  const leftOut =
    rejected === 0
      ? ''
      : `, ${count(rejected, 'rejected delivery', 'rejected deliveries')} left out`;
  return `${count(entries, 'event')} read${here}${leftOut}.${longerWords(result)}${sourceWords(result)}`;
}

const faultWords = (fault: LineFault): string => {
  switch (fault.what) {
    case 'too-long':
      return 'is too long to be from an export';
    case 'no-entry':
      return 'is not from an export';
    case 'field':
      return `has a “${fault.field}” that no event can have`;
  }
};

const readWords = ({ entries, known, of }: Of<'cancelled' | 'stopped'>): string =>
  `${number(entries + known)} of ${count(of, 'event')} ${entries + known === 1 ? 'was' : 'were'} read.`;

const longerWords = ({ keptForDays }: Of<'done' | 'cancelled' | 'stopped'>): string =>
  keptForDays === null ? '' : ` Events are kept for ${count(keptForDays, 'day')} from now on.`;

const sourceWords = ({ unknownSources }: Of<'done'>): string => {
  if (unknownSources === 0) return '';
  return unknownSources === 1
    ? ' One of their sources is not set up here. Restore settings brings its name.'
    : ` ${number(unknownSources)} of their sources are not set up here. Restore settings brings their names.`;
};
