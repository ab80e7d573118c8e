import { useCallback, useEffect, useState } from 'react';
import type { QuarantinedDelivery } from '../../shared/quarantine.ts';
import { ask, onPush } from '../state.ts';

export type QuarantineView = {
  deliveries: QuarantinedDelivery[];
  status: 'loading' | 'ready' | 'failed';
  more: boolean;
  onMore: () => void;
  onRetry: () => void;
};

/** The rejected deliveries, newest first, read again after every push about them. */
export function useQuarantine(): QuarantineView {
  const [deliveries, setDeliveries] = useState<QuarantinedDelivery[]>([]);
  const [status, setStatus] = useState<QuarantineView['status']>('loading');
  const [more, setMore] = useState(false);

  const read = useCallback(async (before: number | null) => {
    try {
      const page = await ask('quarantine', { before });
      setDeliveries((known) => {
        const least = page.at(-1)?.seq ?? 0;
        return before === null
          ? [...page, ...known.filter(({ seq }) => seq < least)]
          : [...known, ...page];
      });
      setMore((known) => (before === null ? known || page.length > 0 : page.length > 0));
      setStatus('ready');
    } catch (error) {
      console.error(error);
      setStatus('failed');
    }
  }, []);

  useEffect(() => {
    void read(null);
    return onPush(({ what }) => {
      if (what === 'quarantined') void read(null);
    });
  }, [read]);

  return {
    deliveries,
    status,
    more,
    onMore: () => void read(deliveries.at(-1)?.seq ?? null),
    onRetry: () => void read(null),
  };
}
