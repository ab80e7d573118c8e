import { CircleCheck, CircleDashed, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { list } from '../../shared/english.ts';
import { rejection, rejectionRemedy } from '../../shared/rejection-words.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { usualWords } from '../../shared/time-words.ts';
import { Ago } from '../ui/Ago.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import styles from './Sources.module.css';

type Props = { source: Source; provider: ProviderInfo };

export function SourceFacts({ source, provider }: Props) {
  return (
    <dl className={styles.facts}>
      <Fact label="Last seen">
        <LastSeen source={source} provider={provider} />
      </Fact>
      {source.accepted === 0 && source.rhythm.status === 'learning' ? null : (
        <Fact label="Rhythm">
          <Rhythm source={source} provider={provider} />
        </Fact>
      )}
      {provider.secret === 'none' ? null : (
        <Fact label="Secret">{secretWords(source, provider)}</Fact>
      )}
      {provider.clientIdLabel === null ? null : (
        <Fact label={provider.clientIdLabel}>
          {source.clientId === null ? (
            'Not set, so it is not checked'
          ) : (
            <code>
              <ExternalText text={source.clientId} />
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
  <div className={`${lists.pair} ${styles.fact}`}>
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

function Rhythm({ source: { rhythm }, provider }: Props) {
  switch (rhythm.status) {
    case 'learning':
      return 'Not known yet; it is learned from five deliveries and more than a week';
    case 'irregular':
      return `Comes ${usualWords(rhythm.usualMs)}, too seldom or too irregularly for a silence to be noticed`;
    case 'regular':
      return `Comes ${usualWords(rhythm.usualMs)}`;
    case 'silent':
      return (
        <>
          <span className={styles.seen} data-outcome="silent">
            <TriangleAlert size={16} aria-hidden="true" />
            <span>
              Nothing <Ago at={rhythm.since} form="lasting" />; it came {usualWords(rhythm.usualMs)}{' '}
              before. What may have happened:
            </span>
          </span>
          <ul className={styles.causes}>
            {provider.silenceCauses.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        </>
      );
  }
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
