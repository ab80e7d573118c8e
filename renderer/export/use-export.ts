import { useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { count } from '../words.ts';

export type Format = 'jsonl' | 'csv';
type Saved = NonNullable<Answer<'exportHistory'>>;
export type Export = { status: 'idle' | 'busy' | 'failed' } | ({ status: 'done' } & Saved);

/** What a file holds now: "12 events saved in found.jsonl". */
export const savedWords = ({ entries, name }: Saved): string =>
  `${count(entries, 'event')} saved in ${name}`;

export const exportFailed = 'It could not be saved. Choose another place.';

/** Ends what goes to or comes from a file: an export leaves none, of an import stays what was read. */
export const callOffTransfer = (): void => void ask('callOffTransfer', undefined);

/** Saves the history, or what a query finds of it, and remembers how that went until it is forgotten. */
export function useExport() {
  const [state, setState] = useState<Export>({ status: 'idle' });

  const save = async (format: Format, query = '') => {
    if (state.status === 'busy') return;
    setState({ status: 'busy' });
    try {
      const saved = await ask('exportHistory', { format, query });
      setState(saved ? { status: 'done', ...saved } : { status: 'idle' });
      if (saved) announce(savedWords(saved));
    } catch (error) {
      console.error(error);
      setState({ status: 'failed' });
      announce(exportFailed);
    }
  };

  return { state, save, forget: () => setState({ status: 'idle' }) };
}
