import { ChevronRight } from 'lucide-react';
import { sentence } from '../../shared/english.ts';
import type { QuarantinedDelivery } from '../../shared/quarantine.ts';
import { rejection, rejectionSentences } from '../../shared/rejection-words.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { HeaderList } from '../payload/HeaderList.tsx';
import { RawBody } from '../payload/RawBody.tsx';
import { exactTime, iso } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { Chip } from '../ui/Chip.tsx';
import { copy } from '../ui/copy.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Fold } from '../ui/Fold.tsx';
import lists from '../ui/Lists.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import styles from './Quarantine.module.css';

type Props = { delivery: QuarantinedDelivery; sourceName: string; providers: ProviderInfo[] };

export function Quarantined({ delivery, sourceName, providers }: Props) {
  const { provider, reason, receivedAt, answered, detail } = delivery;
  const { why, remedy } = rejectionSentences(reason, detail);

  return (
    <li>
      <Fold
        className={`${lists.rowButton} ${styles.row}`}
        inside={styles.inside}
        label={
          <>
            <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
            <ProviderMark provider={provider} providers={providers} size={20} />
            <span className={styles.reason}>{sentence(rejection(reason))}</span>
            <span className={styles.source}>
              <ExternalText text={sourceName} />
            </span>
            {delivery.simulated ? <Chip>test</Chip> : null}
            <Chip>answered {answered}</Chip>
            <span className={styles.time}>
              <Ago at={receivedAt} />
            </span>
          </>
        }
      >
        <p>
          <ExternalText text={why} /> {remedy}
        </p>
        <p className={styles.when}>
          Received <time dateTime={iso(receivedAt)}>{exactTime(receivedAt)}</time>
        </p>
        <h3 className={lists.caption}>Headers</h3>
        <HeaderList headers={delivery.headers} />
        <h3 className={lists.caption}>Body</h3>
        <RawBody body={delivery.body} cut={delivery.cut} onCopy={copy} />
      </Fold>
    </li>
  );
}
