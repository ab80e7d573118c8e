import type { AppState } from '../shared/app-state.ts';
import type { Retention } from '../shared/settings.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import { createAnnouncing } from './announcing.ts';
import { createAnswers } from './answers.ts';
import { createArrivals } from './arrivals.ts';
import { createAsk } from './ask.ts';
import { createCatchingUp } from './catching-up.ts';
import { createClockTrust } from './clock-trust.ts';
import { createCrowding } from './crowding.ts';
import { createDiskWatch } from './disk-watch.ts';
import { createDoor } from './door.ts';
import { openKept } from './history/kept.ts';
import { createRecheck } from './history/recheck.ts';
import { keepEverything, limitsNow } from './history/retention.ts';
import { tryWriting } from './history/try-writing.ts';
import { createImports } from './imports.ts';
import { openGaps } from './insight/gaps.ts';
import { openInsight } from './insight/insight.ts';
import { createTurnedAway } from './insight/turned-away.ts';
import { createMask } from './masking.ts';
import { createNotices } from './notices.ts';
import { watchArrival } from './notify/not-arriving.ts';
import { createOldUrls } from './old-urls.ts';
import { createOtherHosts } from './other-hosts.ts';
import { createPipeline } from './pipeline.ts';
import { openPublicWay } from './public-way.ts';
import { createReceive } from './receive-delivery.ts';
import { createRecent } from './recent.ts';
import { openSetup } from './setup/open-setup.ts';
import { ownValues } from './setup/own-values.ts';
import { createRestoring } from './setup/restoring.ts';
import { createShares } from './shares.ts';
import { createSimulator } from './simulate/simulator.ts';
import { createStateView, portTaken, type Receiver } from './state-view.ts';
import { createTransfers } from './transfers.ts';
import type { Edges } from './world.ts';

export type App = Awaited<ReturnType<typeof compose>>;

/** The one place where everything meets. Settles when deliveries can be received. */
export async function compose(edges: Edges) {
  const { folders, now, later, log } = edges;
  const notices = createNotices(log, () => changed());
  const { note, forget } = notices;
  // Nobody looks yet while everything is still being opened.
  let changed = () => {};
  let limits = () => keepEverything;
  let saveInsight = () => {};
  let openedLate = (_id: string) => {};
  let receiver: Receiver = { status: 'starting' };
  const damaged = (what: string) => {
    note({ code: 'history-damaged', what });
    edges.window.push({ what: 'missing' });
  };
  const onNewer = () => {
    if (!notices.has('history-newer')) note({ code: 'history-newer' });
  };

  const { settings, vault, sources, secretsStored, lookForLoss } = openSetup({
    ...{ ...edges, note, forget },
    onOpenedLate: (id) => openedLate(id),
  });
  const masking = () => createMask(ownValues(sources, vault));

  const disk = createDiskWatch({
    ...{ now, later },
    onChange: (problem) => (problem ? note(problem) : forget('disk')),
    onRefusing: (why) => {
      gaps.begin('disk');
      announcing.eventsRefused(why);
    },
    onKeeping: () => gaps.end('disk'),
    saveAll: () => history.saveAll(),
    tryWriting: () => tryWriting(folders.history),
  });
  const crowding = createCrowding(now, later, () => changed());
  const turnedAway = createTurnedAway(now, () => changed(), crowding.note);
  const otherHosts = createOtherHosts({ settings, now, onChange: () => changed() });
  const oldUrls = createOldUrls({ settings, now, later, onChange: () => changed() });

  const arrivals = createArrivals(later, (entries) =>
    edges.window.push({ what: 'added', entries }),
  );
  const kept = await openKept({
    ...{ folders, later, now, report: damaged, tried: disk.tried, onNewer, masking },
    retention: () => limits(),
    onMarked: (entries) => {
      changed();
      arrivals.catchUp();
      edges.window.push({ what: 'changed', entries });
    },
    onForgotten: (upTo) => {
      edges.window.push({ what: 'forgotten', upTo });
      changed();
    },
    onSaved: () => saveInsight(),
  });
  const { history, quarantine, tally } = kept;
  lookForLoss({ entries: history.lastSeq, rejected: quarantine.count(now()) });
  const insight = openInsight({
    ...{ folders, kept, later, report: damaged, onNewer },
    announcer: () => announcing.announcer,
  });
  const { accounts, watch } = insight;
  saveInsight = insight.save;
  const notifier = watchArrival(edges.notifier, {
    now,
    onChange: (problem) => (problem ? note(problem) : forget('notifications-not-arriving')),
  });
  const announcing = createAnnouncing({
    ...edges,
    notifier,
    settings,
    accounts,
    watch,
    restored: insight.restored,
    unprovenRelay: () => view.unprovenRelay(),
    onRejected: () => {
      edges.window.push({ what: 'quarantined' });
      changed();
    },
    onAdded,
    remark: history.remark,
    decide: (seq, shown, why) => history.decide(seq, { shown, why }),
    decideNow: history.decideNow,
    keepSilent: history.keepSilent,
  });
  const gaps = openGaps({
    ...{ folder: folders.settings, onNewer, now, later, uptime: edges.uptime, report: log },
    onGap: (gap) => {
      edges.window.push({ what: 'missing' });
      announcing.afterGap(gap);
    },
  });

  const { lastSeenAt } = gaps;
  const isTrusted = createClockTrust({ now, uptime: edges.uptime, lastSeenAt });
  const limitsOf = (chosen: Retention | null) => limitsNow(chosen, isTrusted());
  limits = () => limitsOf(settings.retention);

  const { tunnel, tunnelWatch, wayIn } = openPublicWay({
    ...{ edges, settings, vault, gaps, receiver: () => receiver, refusing: disk.refusing },
    onDown: announcing.tunnelDown,
    onChange: () => changed(),
  });

  const shares = createShares({
    ...{ tally, settings, limits: () => limits(), onChange: () => changed() },
  });
  const pipeline = createPipeline({
    shares,
    credentialsOf: sources.credentialsOf,
    history,
    quarantine,
    afterwards: announcing.afterwards,
    isTooMany: (delivery) => door.isTooMany(delivery),
    turnedAway: turnedAway.note,
    tried: disk.tried,
  });
  const recheck = createRecheck({
    ...{ quarantine, admit: pipeline.admitAgain, now },
    onAdmitted: announcing.readmitted,
    onDone: announcing.tellReadmitted,
  });
  const simulate = createSimulator({ sources, post: edges.post, now, hex: edges.random.hex });
  const recent = createRecent(history);
  const catchingUp = createCatchingUp({
    ...{ vault, gaps, history, recent, sources, recheck, insight },
    ...{ tried: disk.tried, push: edges.window.push, changed: () => changed() },
  });
  const transfers = createTransfers(now, () => changed());
  const imports = createImports({
    ...{ edges, settings, sources, history, transfers, report: damaged, onNewer },
    ...{ folder: folders.history, onImported: catchingUp.onImported, onChange: () => changed() },
  });
  const view = createStateView({
    ...{ settings, sources, vault, history, quarantine, accounts, watch, notices, oldUrls },
    ...{ otherHosts, crowding, later, now, about: edges.about, transfers, turnedAway, imports },
    ...{ shares, tally },
    lastEventAt: () => recent.latestAt,
    isRestored: () => catchingUp.isRestored,
    receiver: () => receiver,
    wayIn,
    onChange: (state) => edges.window.push({ what: 'state', state }),
  });
  changed = view.changed;
  openedLate = (id) => {
    wayIn.configure();
    const source = sources.find(id);
    if (source) void catchingUp.recheck(source);
    changed();
  };
  const door = createDoor({
    ...{ settings, sources, tunnel, wayIn, view, watch, otherHosts, now },
    turnedAway: turnedAway.note,
  });

  const answers = createAnswers({
    ...{ edges, settings, sources, vault, history, quarantine, watch, simulate, notices, view },
    ...{ kept, gaps, wayIn, transfers, imports, accounts, limitsOf, masking, otherHosts, shares },
    restoring: createRestoring({ settings, sources, vault, token: edges.random.token }),
    poke: () => tunnel.poke('asked'),
    baseUrl: () => view.baseUrl(),
    recheck: catchingUp.recheck,
  });
  const ask = createAsk(answers, vault.opened);

  function onAdded(entries: TimelineEntry[]): void {
    for (const { simulated, sourceId } of entries) if (!simulated) tunnelWatch.arrived(sourceId);
    recent.add(entries);
    arrivals.arrived(entries);
    changed();
  }

  return {
    admit: door.admit,
    turnedAway: turnedAway.note,
    receive: createReceive({ sources, vault, pipeline, oldUrls, tunnel, later }),
    /** Answers with what is known now; what is found out later is pushed. */
    ask: async (...question: Parameters<typeof ask>) => {
      // What an answer may show is told before it, so that nothing in it comes once more as new.
      arrivals.catchUp();
      return ask(...question);
    },
    /**
     * Asks the keyring, and reads what nobody who sends a delivery waits for: to be called once the receiver listens and window and tray
     * are there (K5). Idempotent. Settles when all of that is known, or the keyring was given up; where it rejects with the system's
     * error, calling it again is another try.
     */
    restored: async (): Promise<void> => {
      void vault.ask();
      settings.remember({}); // From now on a missing file means that it was lost.
      await catchingUp.restored();
      await secretsStored;
    },
    simulate,
    /** The fixed port, or null when any will do. */
    wantedPort: () => settings.current.receiver.port,
    receiverIs: (is: Receiver) => {
      if (is.status === 'failed') gaps.begin('port', is.since);
      else gaps.end('port');
      receiver = is;
      const taken = portTaken(is);
      if (taken) note(taken);
      else forget('port-taken');
      // Only ngrok needs a secret to be opened with.
      if (settings.current.tunnel.kind === 'ngrok') void vault.opened().then(wayIn.configure);
      else wayIn.configure();
    },
    note,
    /** The connection to the outside may be stale. */
    poke: tunnel.poke,
    withoutProof: tunnel.withoutProof,
    /** The computer is about to sleep: what is only in the journal is mirrored, and ngrok is told that nobody is here (T5). */
    fallAsleep: async () => {
      tunnel.configure({ kind: 'none' }, null);
      await history.mirror();
    },
    wakeUp: () => {
      gaps.wakeUp();
      wayIn.configure();
      tunnel.poke('resumed');
    },
    /** Takes the public way in offline. */
    closeTunnel: tunnel.close,
    /** Where the simulator sends to: the public URL while it works, so that a test shows what a provider would see. */
    simulatorBase: () => (tunnel.wayIn().status === 'receiving' ? wayIn.publicUrl() : null),
    state: (): AppState => view.state(),
    recent: () => recent.entries,
    /** Calls `listener` after every change of the state, at most a few times a second. */
    onState: (listener: (state: AppState) => void) => view.onChange(listener),
    sources: sources.list,
    copyEndpoint: (id: string): void => void answers.copyEndpoint({ id }),
    exportLines: kept.exportLines,
    /** Hides the values of ours, as they are now. */
    masking,
    toldAboutTray: () => settings.current.toldAboutTray,
    rememberTold: () => settings.remember({ toldAboutTray: true }),
    /** Saves what is not on disk yet. Idempotent; safe to be cut off, because nothing acknowledged waits for it. */
    close: async () => {
      gaps.close();
      await kept.close();
      saveInsight();
    },
  };
}
