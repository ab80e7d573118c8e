import type { ProviderInfo, Source } from '../../shared/source.ts';
import { OpenOutside } from '../outside/OpenOutside.tsx';
import { EndpointUrl } from '../public-url/EndpointUrl.tsx';
import styles from './Sources.module.css';

const PortalButton = ({ provider: { id, portalHost } }: { provider: ProviderInfo }) =>
  portalHost === null ? null : (
    <p className={styles.portal}>
      <OpenOutside
        place={{ at: 'portal', provider: id }}
        label="Open the portal"
        host={portalHost}
      />
    </p>
  );

type Props = { source: Source; provider: ProviderInfo };

export const SetupSteps = ({ source, provider }: Props) => (
  <>
    <EndpointUrl source={source} primary />
    <ol className={styles.steps}>
      {provider.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <PortalButton provider={provider} />
    {provider.note ? <p className={styles.note}>{provider.note}</p> : null}
  </>
);
