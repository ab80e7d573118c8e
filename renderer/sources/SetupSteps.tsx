import type { ProviderInfo, Source } from '../../shared/source.ts';
import { OpenOutside } from '../outside/OpenOutside.tsx';
import { ask } from '../state.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import styles from './Sources.module.css';

type EndpointProps = { source: Source; primary?: boolean };

/** The masked URL. Main copies the whole one to the clipboard. */
export const Endpoint = ({ source, primary }: EndpointProps) => (
  <div className={styles.endpoint}>
    <code>{source.maskedEndpoint}</code>
    <CopyButton
      label={`Copy URL of ${source.name}`}
      words="Copy URL"
      look={primary ? 'primary' : 'plain'}
      copy={() => ask('copyEndpoint', { id: source.id })}
    />
  </div>
);

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
    <Endpoint source={source} primary />
    <ol className={styles.steps}>
      {provider.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <PortalButton provider={provider} />
    {provider.note ? <p className={styles.note}>{provider.note}</p> : null}
  </>
);
