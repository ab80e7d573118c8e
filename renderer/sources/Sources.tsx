import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { AddSource } from './AddSource.tsx';
import { EditSource } from './EditSource.tsx';
import { RemoveSource } from './RemoveSource.tsx';
import { ReplaceUrl } from './ReplaceUrl.tsx';
import { type SourceAction, SourceCard } from './SourceCard.tsx';
import styles from './Sources.module.css';

type Props = { app: AppState; providers: ProviderInfo[] };
type Doing = { what: 'add' } | { what: SourceAction; id: string } | null;

/** A provider that this version does not know any more still has its sources shown. */
const unknown = (id: string): ProviderInfo => ({
  id,
  name: id,
  letter: id.charAt(0).toUpperCase(),
  secret: 'optional',
  secretHint: null,
  clientIdLabel: null,
  publishedAddresses: [],
  steps: [],
  note: null,
  afterGap: '',
  simulations: [],
});

export function Sources({ app: { sources }, providers }: Props) {
  const [doing, setDoing] = useState<Doing>(null);
  const stop = () => setDoing(null);
  const providerOf = (id: string) => providers.find((one) => one.id === id) ?? unknown(id);
  const source =
    doing && doing.what !== 'add' ? sources.find(({ id }) => id === doing.id) : undefined;

  return (
    <Page
      title="Sources"
      lead="Each source is one connection to a provider, with a URL of its own."
      actions={
        <Button look="primary" icon={<Plus size={16} />} onClick={() => setDoing({ what: 'add' })}>
          Add a source
        </Button>
      }
    >
      {sources.length === 0 ? (
        <div className={styles.none}>
          <Empty icon={<Plug size={24} />} title="No source yet">
            <p>Add one, then paste its URL into the provider's portal or send a test.</p>
          </Empty>
        </div>
      ) : (
        sources.map((one) => (
          <SourceCard
            key={one.id}
            source={one}
            provider={providerOf(one.provider)}
            providers={providers}
            onAction={(what) => setDoing({ what, id: one.id })}
          />
        ))
      )}
      {doing?.what === 'add' ? (
        <AddSource providers={providers} taken={sources.map(({ name }) => name)} onClose={stop} />
      ) : null}
      {source && doing?.what === 'edit' ? (
        <EditSource source={source} provider={providerOf(source.provider)} onClose={stop} />
      ) : null}
      {source && doing?.what === 'replace' ? (
        <ReplaceUrl source={source} provider={providerOf(source.provider)} onClose={stop} />
      ) : null}
      {source && doing?.what === 'remove' ? <RemoveSource source={source} onClose={stop} /> : null}
    </Page>
  );
}
