import { Hourglass, OctagonAlert, Send, TriangleAlert } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import { list } from '../../shared/english.ts';
import type { Page } from '../../shared/ipc.ts';
import { rejection } from '../../shared/rejection-words.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { EndpointUrl } from '../public-url/EndpointUrl.tsx';
import { sendTest } from '../trial/trial.ts';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import styles from './FirstSteps.module.css';

type Props = {
  app: AppState;
  providers: ProviderInfo[];
  onGo: (page: Page) => void;
};

/** Shown while sources are set up and no event has arrived. */
export function FirstDelivery({ app, providers, onGo }: Props) {
  const names = providers
    .filter(({ id }) => app.sources.some(({ provider }) => provider === id))
    .map(({ name }) => name);
  const testOne = () => {
    const [first, ...others] = app.sources;
    if (first && others.length === 0) sendTest(first.id);
    else onGo('simulator');
  };

  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>Waiting for the first {list(names)} delivery</h1>
        <p className={styles.lead}>
          {app.pipe.status === 'receiving'
            ? "Paste each URL into its provider's portal, or send a test to see how an event arrives."
            : 'Open a way in first: until then no provider can reach this computer. A test needs none.'}
        </p>
        <ul className={`${lists.divided} ${styles.endpoints}`}>
          {app.sources.map((source) => (
            <li key={source.id} className={styles.endpoint}>
              <ProviderMark provider={source.provider} providers={providers} />
              <ExternalText text={source.name} />
              <div className={styles.url}>
                <EndpointUrl source={source} />
              </div>
              <Seen source={source} />
            </li>
          ))}
        </ul>
        <div className={styles.actions}>
          <Button look="primary" icon={<Send size={16} />} onClick={testOne}>
            Send a test
          </Button>
          <Button onClick={() => onGo('sources')}>Where to paste it</Button>
        </div>
      </div>
    </div>
  );
}

function Seen({ source: { lastDelivery } }: { source: Source }) {
  if (lastDelivery?.outcome === 'rejected') {
    return (
      <p className={styles.seen} data-rejected>
        <OctagonAlert size={14} aria-hidden="true" />
        <span>
          Something came <Ago at={lastDelivery.at} /> and was rejected:{' '}
          {rejection(lastDelivery.reason)}
        </span>
      </p>
    );
  }
  if (lastDelivery?.outcome === 'wrong-path') {
    return (
      <p className={styles.seen} data-doubtful>
        <TriangleAlert size={14} aria-hidden="true" />
        <span>
          Something came <Ago at={lastDelivery.at} /> to a wrong URL; copy this one again
        </span>
      </p>
    );
  }
  return (
    <p className={styles.seen}>
      <Hourglass size={14} aria-hidden="true" />
      Nothing has reached it yet
    </p>
  );
}
