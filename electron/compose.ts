import type { AppState } from '../shared/app-state.ts';
import type { Retention } from '../shared/settings.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import { createAnnouncing } from './announcing.ts';
import { createAnswers } from './answers.ts';
import { createArrivals } from './arrivals.ts';
import { createAsk } from './ask.ts';
import { createCatchingUp } from './catching-up.ts';
import { createClockTrust } from './clock-trust.ts';
import type { Delivery } from './delivery.ts';
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
import { createNotices } from './notices.ts';
import { watchArrival } from './notify/not-arriving.ts';
import { createOldUrls } from './old-urls.ts';
import { createPipeline } from './pipeline.ts';
import type { Answer } from './receiving.ts';
import { createRecent } from './recent.ts';
import { provisionFrom } from './setup/provisioning.ts';
import { openingProblems } from './setup/refusals.ts';
import { createRestoring } from './setup/restoring.ts';
import { openSettings } from './setup/settings.ts';
import { createSources, type Endpoint } from './setup/sources.ts';
import { openVault } from './setup/vault.ts';
import { createShares } from './shares.ts';
import { createSimulator } from './simulate/simulator.ts';
import { createStateView, portTaken, type Receiver } from './state-view.ts';
import { createTransfers } from './transfers.ts';
import { createTunnel } from './tunnel/tunnel.ts';
import { createTunnelWatch } from './tunnel-watch.ts';
import { createWayIn } from './way-in.ts';
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
  let openedLate = () => {};
  let receiver: Receiver = { status: 'starting' };
  const damaged = (what: string) => {
    note({ code: 'history-damaged', what });
    edges.window.push({ what: 'missing' });
  };
  const onNewer = () => {
    if (!notices.has('history-newer')) note({ code: 'history-newer' });
  };

  const settings = openSettings(folders.settings);
  const vault = openVault({
    ...{ folder: folders.settings, askKeyring: edges.keyring, later, report: log },
    onOpenedLate: () => openedLate(),
  });
  for (const problem of openingProblems(settings.standing, vault.standing)) note(problem);
  const sources = createSources(settings, vault);
  const mistakes = await provisionFrom(edges.provisioning, {
    settings,
    sources,
    vault,
    now: now(),
  });
  if (mistakes.length > 0) note({ code: 'provisioning', mistakes: [...mistakes] });

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
  const turnedAway = createTurnedAway(now, () => changed());
  const oldUrls = createOldUrls({ settings, now, later, onChange: () => changed() });

  const arrivals = createArrivals(later, (entries) =>
    edges.window.push({ what: 'added', entries }),
  );
  const kept = await openKept({
    ...{ folders, later, now, report: damaged, tried: disk.tried, onNewer },
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
  const insight = openInsight({ folders, kept, later, report: damaged, onNewer });
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
    onAdded,
    remark: history.remark,
    decide: (seq, shown, why) => history.decide(seq, { shown, why }),
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

  const tunnelWatch = createTunnelWatch({
    ...{ settings, gaps, later, now },
    onDown: () => {
      announcing.tunnelDown();
      changed();
    },
  });
  const tunnel = createTunnel({
    ...edges.tunnel,
    ...{ now, later, log, token: edges.random.token },
    onChange: (state) => {
      tunnelWatch.follow(state);
      changed();
    },
  });
  const wayIn = createWayIn({
    ...{ tunnel, settings, vault, receiver: () => receiver, now },
    refusing: disk.refusing,
    outage: tunnelWatch.outage,
    onLack: tunnelWatch.lacks,
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
  const { restored, onImported, ...catchingUp } = createCatchingUp({
    ...{ vault, gaps, history, recent, sources, recheck, insight },
    ...{ tried: disk.tried, push: edges.window.push, changed: () => changed() },
  });
  const transfers = createTransfers(now, () => changed());
  const imports = createImports({
    ...{ edges, settings, sources, history, transfers, report: damaged, onNewer },
    ...{ folder: folders.history, onImported, onChange: () => changed() },
  });
  const view = createStateView({
    ...{ settings, sources, vault, history, quarantine, accounts, watch, notices, oldUrls },
    ...{ later, now, about: edges.about, transfers, turnedAway, imports, shares, tally },
    lastEventAt: () => recent.latestAt,
    receiver: () => receiver,
    wayIn,
    onChange: (state) => edges.window.push({ what: 'state', state }),
  });
  changed = view.changed;
  openedLate = () => {
    wayIn.configure();
    changed();
  };
  const door = createDoor({ settings, sources, tunnel, wayIn, view, watch, turnedAway, now });

  const answers = createAnswers({
    ...{ edges, settings, sources, vault, history, quarantine, watch, simulate, notices, view },
    ...{ kept, gaps, wayIn, transfers, imports, accounts, limitsOf, shares },
    restoring: createRestoring({ settings, sources, vault, token: edges.random.token }),
    poke: () => tunnel.poke('asked'),
    baseUrl: () => view.baseUrl(),
    recheck: catchingUp.recheck,
  });
  const ask = createAsk(answers);

  function onAdded(entries: TimelineEntry[]): void {
    for (const { simulated, sourceId } of entries) if (!simulated) tunnelWatch.arrived(sourceId);
    recent.add(entries);
    arrivals.arrived(entries);
    changed();
  }

  return {
    admit: door.admit,
    senderOf: door.senderOf,
    turnedAway: turnedAway.note,
    /** Settles with the answer once the delivery is safe, or not taken. */
    receive: async (
      { source, until }: Endpoint,
      delivery: Delivery,
      tooLarge: boolean,
    ): Promise<Answer> => {
      // Who delivers while everything is being opened waits for a moment, and is not refused.
      await vault.opened();
      const answer = await pipeline.receive(source, delivery, tooLarge);
      // Of a portal only what was believed tells anything.
      if (answer.status === 200 && !delivery.simulated) oldUrls.arrived(source.id, until);
      return answer;
    },
    /** Answers with what is so, even if it has to be found out first. */
    ask: async (...question: Parameters<typeof ask>) => {
      await restored();
      // What an answer may show is told before it, so that nothing in it comes once more as new.
      arrivals.catchUp();
      return ask(...question);
    },
    restored,
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
      void vault.opened().then(wayIn.configure);
      later(0, () => void restored().catch(() => {})); // Tried again by whoever asks.
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
