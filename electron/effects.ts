import type { Answers } from '../shared/ipc.ts';
import type { Conditions } from './conditions/conditions.ts';
import type { Noted } from './conditions/noted.ts';
import { onlyHeader } from './delivery.ts';
import type { History } from './history/history.ts';
import type { Gaps } from './insight/gaps.ts';
import type { Insight } from './insight/insight.ts';
import type { Silences } from './insight/silence.ts';
import { announceConditions } from './notifications/announce-conditions.ts';
import type { Announcer } from './notifications/announcer.ts';
import { eventsRefusedId, noWayInId } from './notifications/condition-ids.ts';
import { eventsKept, eventsRefused, noWayIn, wayInAgain } from './notifications/own-conditions.ts';
import { portTaken } from './receiver/listening.ts';
import type { OldUrls } from './receiver/old-urls.ts';
import type { Outages } from './receiver/outages.ts';
import type { Received } from './receiver/pipeline.ts';
import type { PublicUrl } from './receiver/public-url.ts';
import type { RefusalCounts } from './receiver/refusal-counts.ts';
import type { UrlProofWatch } from './receiver/url-proof.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { Sources } from './setup/sources.ts';
import type { Vault } from './setup/vault.ts';
import type { Effects } from './signals.ts';
import type { DiskWatch } from './storage/disk-watch.ts';
import type { Tunnel } from './tunnel/tunnel.ts';
import type { Updater } from './updates/updater.ts';
import type { WarmUp } from './warm-up.ts';
import type { StateView } from './window/app-state.ts';
import type { PushQueue } from './window/push-queue.ts';
import type { Recent } from './window/recent.ts';

/** The parts that something happens in when something happened in another. */
export type AffectedParts = {
  readonly noted: Noted;
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly disk: DiskWatch;
  readonly gaps: Gaps;
  readonly insight: Insight;
  readonly silences: Silences;
  readonly history: Pick<History, 'markSeen'>;
  readonly tunnel: Tunnel;
  readonly outages: Outages;
  readonly publicUrl: PublicUrl;
  readonly urlProof: UrlProofWatch;
  readonly oldUrls: OldUrls;
  readonly refusalCounts: RefusalCounts;
  readonly announcer: Announcer;
  readonly updates: Updater;
  readonly pushQueue: PushQueue;
  readonly view: StateView;
  readonly recent: Recent;
  readonly warmUp: WarmUp;
  readonly conditions: Conditions;
  readonly answers: Pick<Answers, 'openPlace'>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What follows what: each signal, and what it sets off, in this order. */
export const effectsOn = (parts: AffectedParts): Effects => {
  const { noted, settings, sources, vault, disk, gaps, insight, silences, history } = parts;
  const { tunnel, outages, publicUrl, urlProof, oldUrls, refusalCounts, announcer } = parts;
  const { pushQueue, view, recent, warmUp, updates, conditions, answers, now } = parts;

  const nameOf = (id: string) => sources.find(id)?.name ?? 'A source';

  const believedForReal = ({ endpoint, delivery }: Received): void => {
    // Only an accepted delivery proves which URL the portal uses.
    oldUrls.arrived(endpoint.source.id, endpoint.until);
    const host = onlyHeader(delivery, 'host') ?? '';
    urlProof.delivered(host, publicUrl.current());
    tunnel.delivered(host);
  };

  return {
    listening: (listening) => {
      if (listening.status === 'failed') gaps.begin('port', listening.since);
      else gaps.end('port');
      noted.set('port-taken', portTaken(listening));
      // Only ngrok needs a secret to be opened with.
      if (settings.current.tunnel.kind === 'ngrok') void vault.opened().then(publicUrl.configure);
      else publicUrl.configure();
      view.changed();
    },
    refused: (why, sender) => refusalCounts.note(why, sender),
    received: (received) => {
      announcer.received(received);
      updates.received();
      const isReal = !received.delivery.simulated;
      if (isReal && received.reception.outcome !== 'rejected') believedForReal(received);
    },
    readmitted: announcer.readmitted,
    rechecked: announcer.rechecked,
    added: (entries) => {
      for (const { simulated, sourceId } of entries) if (!simulated) outages.arrived(sourceId);
      silences.arrived(entries);
      recent.add(entries);
      pushQueue.added(entries);
      view.changed();
    },
    quarantineChanged: () => {
      pushQueue.send({ what: 'quarantined' });
      view.changed();
    },
    decided: pushQueue.decided,
    marked: (entries) => {
      pushQueue.send({ what: 'changed', entries: [...entries] });
      view.changed();
    },
    given: (changes) => {
      pushQueue.send({ what: 'marked', changes: [...changes] });
      view.changed();
    },
    removed: (upTo) => {
      pushQueue.send({ what: 'removed', upTo });
      view.changed();
    },
    imported: () => {
      silences.check();
      pushQueue.send({ what: 'imported' });
      view.changed();
    },
    saved: () => insight.save(announcer.unannounced()),
    damaged: (what) => {
      noted.note({ code: 'history-damaged', what });
      pushQueue.send({ what: 'missing' });
    },
    newerFound: () => noted.set('history-newer', { code: 'history-newer' }),
    written: disk.onWriteResult,
    diskProblem: (problem) => noted.set('disk', problem),
    eventsRefused: (why) => {
      gaps.begin('disk');
      announcer.opened(eventsRefused(why));
    },
    eventsKept: () => {
      gaps.end('disk');
      announcer.ended(eventsRefusedId, eventsKept);
    },
    gap: (gap) => {
      pushQueue.send({ what: 'missing' });
      announcer.afterGap(gap);
      // Timers stand still while the computer sleeps.
      view.changed();
    },
    publicUrlDown: () => announcer.opened(noWayIn()),
    publicUrlUp: (again) => announcer.ended(noWayInId, again && wayInAgain(again)),
    notificationPressed: (button) => {
      if (button.does === 'mark-read') history.markSeen(button.seqs, true);
      else if (button.does === 'acknowledge') conditions.acknowledge(button.conditionId);
      else if (button.does === 'open-place') void answers.openPlace({ place: button.place });
      else conditions.snooze(button.conditionId, now() + button.ms);
    },
    secretOpened: (id) => {
      publicUrl.configure();
      const source = sources.find(id);
      if (source) void warmUp.recheck(source);
      view.changed();
    },
    notifications: (problem) => noted.set('notifications-not-arriving', problem),
    problem: noted.note,
    conditions: (changes) =>
      announceConditions(changes, {
        ...{ announcer, nameOf, now, onTold: conditions.told },
        isOver: (reason) => reason.code !== 'source-silent' || silences.isBroken(reason),
      }),
    changed: view.changed,
  };
};
