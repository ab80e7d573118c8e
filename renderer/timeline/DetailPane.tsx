import { Tabs } from '@base-ui/react/tabs';
import { ArrowLeft, Mail, MailOpen, X } from 'lucide-react';
import type { Ref } from 'react';
import { kindOf, titleOf } from '../../shared/matching.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useOwnName, withOwnName } from '../insight/own-names.ts';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Empty } from '../ui/Empty.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { keyFor } from '../ui/key-table.ts';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SeverityMark, severityWords } from '../ui/SeverityMark.tsx';
import { EntryMarks } from './ChosenBar.tsx';
import styles from './DetailPane.module.css';
import { DetailTab } from './DetailTab.tsx';
import { EventActions } from './EventActions.tsx';
import { chipsOf, severityOf } from './entry-words.ts';
import { kindLabel } from './kind-icons.ts';
import type { Detail } from './use-detail.ts';
import { type Tab, tabs } from './view.ts';

type Props = {
  entry: TimelineEntry | null;
  state: Detail;
  sourceName: string;
  providers: ProviderInfo[];
  tab: Tab;
  onTab: (tab: Tab) => void;
  onBack: () => void;
  onSeen: (seen: boolean) => void;
  onCopy: (text: string) => Promise<unknown>;
  ref?: Ref<HTMLElement>;
};

const tabWords = {
  summary: 'Summary',
  payload: 'Payload',
  raw: 'Raw',
  headers: 'Headers',
  verification: 'Verification',
  delivery: 'Delivery',
} satisfies Record<Tab, string>;

export function DetailPane(props: Props) {
  const { entry, state, tab, onTab, onBack, onCopy, ref } = props;
  const isTab = (value: unknown): value is Tab => tabs.some((name) => name === value);

  return (
    <article ref={ref} className={styles.pane} aria-label="Event" data-detail>
      {entry ? (
        <Head {...props} entry={entry} />
      ) : (
        <div className={styles.bar}>
          <Leave onBack={onBack} />
        </div>
      )}
      {state.status === 'gone' ? (
        <Empty title="This event is not kept any more">
          <p>It was beyond the limits in Settings, or in a damaged part of the history.</p>
        </Empty>
      ) : state.status === 'failed' ? (
        <Empty title="This event could not be read">
          <p>Close it and open it again. If that does not help, restart Hookbell.</p>
        </Empty>
      ) : entry ? (
        <Tabs.Root
          className={styles.tabs}
          value={tab}
          onValueChange={(value: unknown) => isTab(value) && onTab(value)}
        >
          <Tabs.List className={styles.list} activateOnFocus>
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name} className={styles.tab}>
                {tabWords[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map((name) => (
            <Tabs.Panel key={name} value={name} className={styles.panel}>
              <DetailTab
                key={state.seq}
                tab={name}
                entry={entry}
                detail={state.status === 'ready' ? state.detail : null}
                onCopy={onCopy}
              />
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      ) : (
        <Busy words="Reading the event" />
      )}
    </article>
  );
}

function Leave({ onBack }: { onBack: () => void }) {
  return (
    <>
      <span className={styles.narrow}>
        <Button look="quiet" icon={<ArrowLeft size={16} />} onClick={onBack}>
          Back
        </Button>
      </span>
      <span className={styles.space} />
      <span className={styles.wide}>
        <IconButton label="Close" shortcut={keyFor('back')} onClick={onBack}>
          <X size={16} />
        </IconButton>
      </span>
    </>
  );
}

function Head({
  entry,
  state,
  sourceName,
  providers,
  onBack,
  onSeen,
  onCopy,
}: Props & { entry: TimelineEntry }) {
  const provider = providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider;
  const severity = severityOf(entry);
  const title = withOwnName(titleOf(entry, provider), useOwnName(entry));

  return (
    <header className={styles.head}>
      <div className={styles.bar}>
        <span className={styles.narrow}>
          <Button look="quiet" icon={<ArrowLeft size={16} />} onClick={onBack}>
            Back
          </Button>
        </span>
        <span className={styles.kind} data-severity={severity}>
          <SeverityMark severity={severity} />
          {severity === 'info' ? null : `${severityWords[severity]} · `}
          {kindLabel(kindOf(entry))}
        </span>
        <span className={styles.space} />
        <IconButton
          label={entry.seen ? 'Mark as unread' : 'Mark as read'}
          shortcut={keyFor('toggle-seen')}
          onClick={() => onSeen(!entry.seen)}
        >
          {entry.seen ? <Mail size={16} /> : <MailOpen size={16} />}
        </IconButton>
        <EntryMarks entry={entry} />
        <span className={styles.wide}>
          <IconButton label="Close" shortcut={keyFor('back')} onClick={onBack}>
            <X size={16} />
          </IconButton>
        </span>
      </div>
      <h2 className={styles.title}>
        <CleanedText text={title} />
      </h2>
      <Meta entry={entry} sourceName={sourceName} providers={providers} />
      <EventActions
        seq={entry.seq}
        body={state.status === 'ready' ? state.detail.body : null}
        onCopy={onCopy}
      />
    </header>
  );
}

type MetaProps = Pick<Props, 'sourceName' | 'providers'> & { entry: TimelineEntry };

/** From whom it came, when, and what speaks for it. */
function Meta({ entry, sourceName, providers }: MetaProps) {
  const provider = providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider;
  const verified = entry.proof.status === 'verified';
  return (
    <p className={styles.meta}>
      <ProviderMark provider={entry.provider} providers={providers} size={18} />
      <span>
        <CleanedText text={sourceName} />
      </span>
      {provider === sourceName ? null : <span>{provider}</span>}
      <span>
        <time dateTime={iso(entry.receivedAt)}>{exactTime(entry.receivedAt)}</time> (
        <Ago at={entry.receivedAt} />)
      </span>
      <Chip tone={verified ? 'success' : 'plain'}>{verified ? 'Verified' : 'Trusted'}</Chip>
      {chipsOf(entry).map(({ words, why, tone }) => (
        <Chip key={words} tone={tone} title={why}>
          {words}
        </Chip>
      ))}
    </p>
  );
}
