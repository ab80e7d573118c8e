import { Plug, Plus } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { addSource, closeSource, goTo, navigationStore, openSource } from '../navigation.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import lists from '../ui/Lists.module.css';
import { Page } from '../ui/Page.tsx';
import { AddSource } from './AddSource.tsx';
import { EditSource } from './EditSource.tsx';
import { RemoveSource } from './RemoveSource.tsx';
import { ReplaceUrl } from './ReplaceUrl.tsx';
import { SourceCard } from './SourceCard.tsx';

type Props = { app: AppState; providers: ProviderInfo[] };

/** Stands for a provider that this version does not know, so that its sources are shown. */
const unknown = (id: string): ProviderInfo => ({
  id,
  name: id,
  letter: id.charAt(0).toUpperCase(),
  secret: 'optional',
  secretHint: null,
  clientIdLabel: null,
  publishedAddresses: [],
  hasAccounts: true,
  portalHost: null,
  steps: [],
  note: null,
  afterGap: '',
  silenceCauses: [],
  simulations: [],
});

export function Sources({ app: { sources }, providers }: Props) {
  const { adding, form } = useStore(navigationStore);
  const providerOf = (id: string) => providers.find((one) => one.id === id) ?? unknown(id);
  const source = form ? sources.find(({ id }) => id === form.id) : undefined;

  return (
    <Page
      title="Sources"
      lead="Each source is one connection to a provider, with a URL of its own."
      actions={
        <Button look="primary" icon={<Plus size={16} />} onClick={addSource}>
          Add a source
        </Button>
      }
    >
      {sources.length === 0 ? (
        <div className={lists.card}>
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
            onAction={(what) => openSource({ what, id: one.id })}
          />
        ))
      )}
      {adding ? (
        <AddSource
          providers={providers}
          taken={sources.map(({ name }) => name)}
          onClose={() => goTo('sources')}
        />
      ) : null}
      {source && form?.what === 'edit' ? (
        <EditSource source={source} provider={providerOf(source.provider)} onClose={closeSource} />
      ) : null}
      {source && form?.what === 'replace' ? (
        <ReplaceUrl source={source} provider={providerOf(source.provider)} onClose={closeSource} />
      ) : null}
      {source && form?.what === 'remove' ? (
        <RemoveSource source={source} onClose={closeSource} />
      ) : null}
    </Page>
  );
}
