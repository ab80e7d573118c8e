import { Download } from 'lucide-react';
import { ExportOutcome } from '../export/ExportOutcome.tsx';
import { type Format, useExport } from '../export/use-export.ts';
import { Button } from '../ui/Button.tsx';
import { count } from '../words.ts';

type Props = { entries: number; format: Format };

export function ExportHistory({ entries, format }: Props) {
  const { state, save } = useExport();

  return (
    <>
      <ExportOutcome state={state} />
      <Button
        icon={<Download size={16} />}
        disabled={entries === 0 || state.status === 'busy'}
        onClick={() => void save(format)}
      >
        {entries === 0 ? 'Nothing to export' : `Export ${count(entries, 'event')}`}
      </Button>
    </>
  );
}
