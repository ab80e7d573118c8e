import { useState } from 'react';
import { count } from '../../shared/english.ts';
import type { Answer } from '../../shared/ipc.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';

export type Format = 'jsonl' | 'csv';
type Saved = NonNullable<Answer<'exportHistory'>>;
export type Export = { status: 'idle' | 'busy' | 'failed' } | ({ status: 'done' } & Saved);

/** "12 events saved in found.jsonl". */
export const savedWords = ({ entries, name }: Saved): string =>
  `${count(entries, 'event')} saved in ${name}`;

export const exportFailed = 'It could not be saved. Choose another place.';

/** Cancels the export or import under way. An export leaves no file; an import keeps what it has read. */
export const cancelTransfer = (): void => void ask('cancelTransfer', undefined);

/** Exports the history, or what a query finds. The outcome stays until `dismiss`. */
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

  return { state, save, dismiss: () => setState({ status: 'idle' }) };
}
