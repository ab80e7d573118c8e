import { CircleCheck, CircleDashed, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { Ago } from '../ui/Ago.tsx';
import { SourceText } from '../ui/SourceText.tsx';
import { list, rejection, rejectionRemedy } from '../words.ts';
import styles from './Sources.module.css';

type Props = { source: Source; provider: ProviderInfo };

/** What is set for a source, and the last thing that reached it. */
export function SourceFacts({ source, provider }: Props) {
  return (
    <dl className={styles.facts}>
      <Fact label="Last seen">
        <LastSeen source={source} provider={provider} />
      </Fact>
      {provider.secret === 'none' ? null : (
        <Fact label="Secret">{secretWords(source, provider)}</Fact>
      )}
      {provider.clientIdLabel === null ? null : (
        <Fact label={provider.clientIdLabel}>
          {source.clientId === null ? (
            'Not set, so it is not checked'
          ) : (
            <code>
              <SourceText text={source.clientId} />
            </code>
          )}
        </Fact>
      )}
      {provider.publishedAddresses.length === 0 ? null : (
        <Fact label="Addresses">{addressWords(source, provider)}</Fact>
      )}
    </dl>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

function LastSeen({ source: { lastDelivery }, provider }: Props) {
  if (!lastDelivery) {
    return (
      <span className={styles.seen}>
        <CircleDashed size={16} aria-hidden="true" />
        Waiting for the first {provider.name} delivery
      </span>
    );
  }
  if (lastDelivery.outcome === 'accepted') {
    return (
      <span className={styles.seen} data-outcome="accepted">
        <CircleCheck size={16} aria-hidden="true" />
        <span>
          Accepted <Ago at={lastDelivery.at} />
        </span>
      </span>
    );
  }
  if (lastDelivery.outcome === 'wrong-path') {
    return (
      <span className={styles.seen} data-outcome="wrong-path">
        <TriangleAlert size={16} aria-hidden="true" />
        <span>
          Something was posted to a wrong {provider.name} URL <Ago at={lastDelivery.at} />.{' '}
          <span className={styles.remedy}>Copy this one into the portal again.</span>
        </span>
      </span>
    );
  }
  return (
    <span className={styles.seen} data-outcome="rejected">
      <OctagonAlert size={16} aria-hidden="true" />
      <span>
        Last rejected: {rejection(lastDelivery.reason)}, <Ago at={lastDelivery.at} />.{' '}
        <span className={styles.remedy}>{rejectionRemedy(lastDelivery.reason)}</span>
      </span>
    </span>
  );
}

function secretWords({ secretCount }: Source, { secret }: ProviderInfo): string {
  if (secretCount > 1) return 'Two are set: the new one, and the old one until you replace it';
  if (secretCount === 1) return 'Set; it is never shown again';
  return secret === 'required'
    ? 'None. Deliveries are rejected until you set it'
    : 'None. Deliveries are trusted by their URL';
}

function addressWords({ allowedAddresses }: Source, { name }: ProviderInfo): string {
  if (allowedAddresses === null) return `Those that ${name} publishes, where they can be known`;
  return allowedAddresses.length === 0 ? 'Any; not checked' : `Only ${list(allowedAddresses)}`;
}
