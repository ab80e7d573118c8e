import { ShieldCheck } from 'lucide-react';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Failure } from '../ui/Failure.tsx';
import lists from '../ui/Lists.module.css';
import { Card } from '../ui/Page.tsx';
import styles from './Quarantine.module.css';
import { Quarantined } from './Quarantined.tsx';
import type { QuarantineView } from './use-quarantine.ts';

type Props = QuarantineView & { total: number; sources: Source[]; providers: ProviderInfo[] };

export function QuarantineList(props: Props) {
  const { deliveries, status, total, more, sources, providers, onMore, onRetry } = props;
  if (status === 'failed') {
    return (
      <Failure title="The quarantine could not be read.">
        <Button small onClick={onRetry}>
          Try again
        </Button>
      </Failure>
    );
  }
  if (status === 'loading') return <Busy words="Reading the quarantine" />;
  if (deliveries.length === 0) {
    return (
      <Card>
        <Empty icon={<ShieldCheck size={24} />} title="Nothing was rejected">
          <p>Every delivery that reached a source was believed.</p>
        </Empty>
      </Card>
    );
  }

  return (
    <>
      <ul className={`${lists.card} ${lists.divided}`}>
        {deliveries.map((delivery) => (
          <Quarantined
            key={delivery.id}
            delivery={delivery}
            sourceName={
              sources.find(({ id }) => id === delivery.sourceId)?.name ??
              providers.find(({ id }) => id === delivery.provider)?.name ??
              delivery.provider
            }
            providers={providers}
          />
        ))}
      </ul>
      {more && deliveries.length < total ? (
        <div className={styles.more}>
          <Button onClick={onMore}>Show older</Button>
        </div>
      ) : null}
    </>
  );
}
