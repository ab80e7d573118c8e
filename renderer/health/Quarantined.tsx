import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { QuarantinedDelivery } from '../../shared/quarantine.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { HeaderList } from '../payload/HeaderList.tsx';
import { RawBody } from '../payload/RawBody.tsx';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { Chip } from '../ui/Chip.tsx';
import { copy } from '../ui/copy.ts';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SourceText } from '../ui/SourceText.tsx';
import { rejection, rejectionRemedy, sentence } from '../words.ts';
import styles from './Quarantine.module.css';

type Props = { delivery: QuarantinedDelivery; sourceName: string; providers: ProviderInfo[] };

export function Quarantined({ delivery, sourceName, providers }: Props) {
  const { provider, reason, receivedAt, answered, explanation } = delivery;

  return (
    <li className={styles.delivery}>
      <Collapsible.Root>
        <Collapsible.Trigger className={styles.row}>
          <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
          <ProviderMark provider={provider} providers={providers} size={20} />
          <span className={styles.reason}>{sentence(rejection(reason))}</span>
          <span className={styles.source}>
            <SourceText text={sourceName} />
          </span>
          {delivery.simulated ? <Chip>test</Chip> : null}
          <Chip>answered {answered}</Chip>
          <span className={styles.time}>
            <Ago at={receivedAt} />
          </span>
        </Collapsible.Trigger>
        <Collapsible.Panel className={styles.inside}>
          <p>
            <SourceText text={explanation} />{' '}
            {explanation.includes('?') ? null : rejectionRemedy(reason)}
          </p>
          <p className={styles.when}>
            Received <time dateTime={iso(receivedAt)}>{exactTime(receivedAt)}</time>
          </p>
          <h3>Headers</h3>
          <HeaderList headers={delivery.headers} />
          <h3>Body</h3>
          <RawBody body={delivery.body} cut={delivery.cut} onCopy={copy} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}
