import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import styles from './Sources.module.css';

type EndpointProps = { source: Source; primary?: boolean };

/** The URL with its secret part shortened; the whole one goes from main to the clipboard. */
export const Endpoint = ({ source, primary }: EndpointProps) => (
  <div className={styles.endpoint}>
    <code>{source.maskedEndpoint}</code>
    <CopyButton
      label={`Copy the URL of ${source.name}`}
      words="Copy URL"
      look={primary ? 'primary' : 'plain'}
      copy={() => ask('copyEndpoint', { id: source.id })}
    />
  </div>
);

type Props = { source: Source; provider: ProviderInfo };

/** Where to paste the URL and what to tick in the portal. */
export const SetupSteps = ({ source, provider }: Props) => (
  <>
    <Endpoint source={source} primary />
    <ol className={styles.steps}>
      {provider.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    {provider.note ? <p className={styles.note}>{provider.note}</p> : null}
  </>
);
