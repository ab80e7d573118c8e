import type { EntryDetail, TimelineEntry } from '../../shared/timeline.ts';
import { HeaderList } from '../payload/HeaderList.tsx';
import { Payload } from '../payload/Payload.tsx';
import { RawBody } from '../payload/RawBody.tsx';
import { Busy } from '../ui/Busy.tsx';
import { Delivery } from './Delivery.tsx';
import { Summary } from './Summary.tsx';
import { Verification } from './Verification.tsx';
import type { Tab } from './view.ts';

type Props = {
  tab: Tab;
  entry: TimelineEntry;
  detail: EntryDetail | null;
  onCopy: (text: string) => Promise<unknown>;
};

export function DetailTab({ tab, entry, detail, onCopy }: Props) {
  if (tab === 'summary')
    return (
      <Summary
        entry={entry}
        facts={detail?.facts ?? null}
        places={detail?.places ?? []}
        onCopy={onCopy}
      />
    );
  if (tab === 'delivery') return <Delivery entry={entry} onCopy={onCopy} />;
  if (!detail) return <Busy words="Reading the event" />;

  switch (tab) {
    case 'payload':
      return <Payload text={detail.body.text} seq={entry.seq} onCopy={onCopy} />;
    case 'raw':
      return <RawBody body={detail.body} onCopy={onCopy} />;
    case 'headers':
      return <HeaderList headers={detail.headers} isImported={entry.importedAt !== undefined} />;
    case 'verification':
      return <Verification entry={entry} verification={detail.verification} />;
  }
}
