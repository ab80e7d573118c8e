import type { TimelineEntry } from '../shared/timeline.ts';
import type { Delivery } from './delivery.ts';
import type { Accounts } from './insight/accounts.ts';
import type { createEndpointWatch } from './insight/endpoints.ts';
import type { Later } from './later.ts';
import { decide as decideEntry } from './notify/policy.ts';
import { createTeller, type Notifier } from './notify/teller.ts';
import type { Admitted, Reception } from './pipeline.ts';
import type { SettingsStore, StoredSource } from './setup/settings.ts';

export type AnnouncingOptions = {
  readonly notifier: Notifier;
  readonly later: Later;
  readonly now: () => number;
  readonly settings: SettingsStore;
  readonly accounts: Accounts;
  readonly watch: ReturnType<typeof createEndpointWatch>;
  readonly window: { readonly push: (push: { what: 'quarantined' }) => void };
  /** New entries, oldest first. */
  readonly onAdded: (entries: TimelineEntry[]) => void;
  readonly remark: (seq: number, note: string) => void;
  readonly decide: (seq: number, shown: boolean, why: string) => void;
};

type Arrived = {
  readonly source: StoredSource;
  readonly simulated: boolean;
  readonly receivedAt: number;
  readonly reception: Reception;
};

/** What follows an answer: insight, notification, window. It runs in a turn of its own, so that the answer goes out first. */
export const createAnnouncing = (options: AnnouncingOptions) => {
  const { later, settings, accounts, watch, onAdded, decide } = options;
  const teller = createTeller({
    ...options,
    detail: () => settings.current.preferences.notificationDetail,
  });
  let waiting: Arrived[] = [];

  const afterwards = (source: StoredSource, delivery: Delivery, reception: Reception): void => {
    if (waiting.length === 0) later(0, announceAll);
    waiting.push({
      source,
      simulated: delivery.simulated,
      receivedAt: delivery.receivedAt,
      reception,
    });
  };

  const announceAll = (): void => {
    const arrived = waiting;
    waiting = [];
    const added = arrived.flatMap(({ reception }) =>
      reception.outcome === 'recorded' ? [reception.entry] : [],
    );
    if (added.length > 0) onAdded(added);
    if (arrived.some(({ reception }) => reception.outcome === 'rejected'))
      options.window.push({ what: 'quarantined' });
    for (const one of arrived) {
      const opensCondition = watch.note(one.source.id, one.receivedAt, one.reception);
      if (one.reception.outcome === 'recorded') announce(one.source, one.reception.entry);
      else if (opensCondition) announceRejections(one);
    }
  };

  const announce = (source: StoredSource, entry: TimelineEntry): void => {
    const decision = decideEntry(entry, accounts.apply(entry));
    if (!decision.tell || entry.status !== 'event') {
      decide(entry.seq, false, decision.why);
      return;
    }
    const { title, body, quiet, why } = decision;
    teller.tell({
      ...{ title, body, quiet },
      kind: quiet ? 'sync.recovered' : entry.event.kind,
      sourceId: source.id,
      sourceName: source.name,
      simulated: entry.simulated,
      opening: { what: 'entry', seq: entry.seq },
      decided: (shown, what) => decide(entry.seq, shown, `${why}; ${what}`),
    });
  };

  const announceRejections = ({ source, simulated, reception }: Arrived): void => {
    if (reception.outcome !== 'rejected') return;
    const isSignature = reception.reason.startsWith('signature');
    teller.tell({
      kind: 'quarantine',
      sourceId: source.id,
      sourceName: source.name,
      title: isSignature
        ? `Deliveries for ${source.name} fail the signature check`
        : `Deliveries for ${source.name} are refused`,
      body: isSignature ? 'Was the secret rotated?' : 'Health shows why',
      quiet: false,
      simulated,
      opening: { what: 'page', page: 'health' },
      decided: () => {},
    });
  };

  /** What was rejected before and is believed now: kept and counted, told in one sentence, never as a volley. */
  const readmitted = (source: StoredSource, admitted: readonly Admitted[]): void => {
    const entries = admitted.flatMap((one) => (one.outcome === 'recorded' ? [one.entry] : []));
    if (entries.length === 0) return;
    onAdded(entries);
    for (const entry of entries) {
      accounts.apply(entry);
      options.remark(entry.seq, 'Was in quarantine until the source was corrected');
      decide(entry.seq, false, 'It came out of the quarantine; these are told together');
    }
    const many = entries.length === 1 ? '1 delivery is' : `${entries.length} deliveries are`;
    teller.tell({
      kind: 'readmitted',
      sourceId: source.id,
      sourceName: source.name,
      title: `${many} believed after all`,
      body: 'They are in the timeline, dated when they came',
      quiet: true,
      simulated: false,
      opening: { what: 'page', page: 'timeline' },
      decided: () => {},
    });
  };

  /** Told once for each time that it is down. */
  const tunnelDown = (): void =>
    teller.tell({
      kind: 'tunnel.down',
      sourceId: '',
      sourceName: 'Hookbell',
      title: 'No way in for five minutes',
      body: 'Providers cannot reach this computer. Hookbell goes on trying',
      quiet: false,
      simulated: false,
      opening: { what: 'page', page: 'health' },
      decided: () => {},
    });

  return { afterwards, readmitted, tunnelDown, afterGap: teller.gather };
};
