import { Menu } from '@base-ui/react/menu';
import { ChevronRight, Ellipsis, Link2, Lock, Pencil, Send, Trash2 } from 'lucide-react';
import { count, number } from '../../shared/english.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import type { SourceForm } from '../navigation.ts';
import { EndpointUrl } from '../public-url/EndpointUrl.tsx';
import { sendTest } from '../trial/trial.ts';
import { Button } from '../ui/Button.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Fold } from '../ui/Fold.tsx';
import lists from '../ui/Lists.module.css';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SetupSteps } from './SetupSteps.tsx';
import { SourceDays } from './SourceDays.tsx';
import { SourceFacts } from './SourceFacts.tsx';
import styles from './Sources.module.css';

type Props = {
  source: Source;
  provider: ProviderInfo;
  providers: ProviderInfo[];
  onAction: (action: SourceForm['what']) => void;
};

export function SourceCard({ source, provider, providers, onAction }: Props) {
  const isNew = source.lastDelivery?.outcome !== 'accepted' && source.accepted === 0;

  return (
    <section className={`${lists.card} ${styles.card}`} aria-label={source.name}>
      <header className={styles.head}>
        <ProviderMark provider={source.provider} providers={providers} size={28} />
        <div className={styles.names}>
          <h2>
            <ExternalText text={source.name} />
          </h2>
          <p>
            {provider.name} · {count(source.accepted, 'delivery', 'deliveries')} accepted
            {source.rejected > 0 ? `, ${number(source.rejected)} rejected` : ''}
            {source.tests > 0 ? `, ${count(source.tests, 'test')} of your own` : ''}
          </p>
        </div>
        <Button icon={<Pencil size={16} />} onClick={() => onAction('edit')}>
          Change
        </Button>
        <More source={source} onAction={onAction} />
      </header>
      {source.locked ? (
        <p className={styles.locked}>
          <Lock size={16} aria-hidden="true" />
          <span>
            <strong>Locked.</strong> Its secrets cannot be read now, so its deliveries are answered
            503 and should come again. Unlock the keyring; Hookbell notices by itself.
          </span>
        </p>
      ) : null}
      <div className={styles.inner}>
        {isNew ? null : <EndpointUrl source={source} />}
        <SourceFacts source={source} provider={provider} />
        <SourceDays source={source} />
      </div>
      <div className={styles.setup}>
        <Fold
          className={styles.fold}
          inside={styles.inner}
          defaultOpen={isNew}
          label={
            <>
              <ChevronRight size={14} aria-hidden="true" />
              How to set it up in the portal
            </>
          }
        >
          <SetupSteps source={source} provider={provider} />
        </Fold>
      </div>
    </section>
  );
}

type MoreProps = Pick<Props, 'onAction' | 'source'>;

const More = ({ source: { id, name }, onAction }: MoreProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger render={<Button look="quiet" aria-label={`More for ${name}`} />}>
      <Ellipsis size={16} />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
        <Menu.Popup className={popups.menu}>
          <Menu.Item className={popups.item} onClick={() => sendTest(id)}>
            <Send size={16} />
            <span className={popups.grow}>Send a test</span>
          </Menu.Item>
          <Menu.Item className={popups.item} onClick={() => onAction('replace')}>
            <Link2 size={16} />
            <span className={popups.grow}>Replace the URL</span>
          </Menu.Item>
          <Menu.Item className={popups.item} data-danger onClick={() => onAction('remove')}>
            <Trash2 size={16} />
            <span className={popups.grow}>Remove</span>
          </Menu.Item>
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);
