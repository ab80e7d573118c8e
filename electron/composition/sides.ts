import type { App, ReceiverSide, ShellSide, WindowSide } from '../app.ts';
import type { Announcer } from '../notifications/announcer.ts';
import type { OwnHolds } from '../notifications/holds.ts';
import type { Emit } from '../signals.ts';
import type { ReceiverParts } from './receiver.ts';
import type { StorageParts } from './storage.ts';
import type { WindowParts } from './window.ts';

export type ComposedParts = StorageParts &
  ReceiverParts &
  WindowParts & { readonly announcer: Announcer; readonly holds: OwnHolds };

/** The three groups in which the edges use the app. */
export const sidesOf = (emit: Emit, parts: ComposedParts): App => ({
  receiver: receiverSide(emit, parts),
  window: windowSide(parts),
  shell: shellSide(parts),
});

const receiverSide = (emit: Emit, parts: ComposedParts): ReceiverSide => ({
  admit: parts.gate.admit,
  receive: parts.pipeline.receive,
  onRefused: (why, sender) => emit('refused', why, sender),
  onListening: (listening) => {
    parts.setListening(listening);
    emit('listening', listening);
  },
  wantedPort: () => parts.settings.current.receiver.port,
});

const windowSide = ({
  settings,
  pushQueue,
  ask,
  view,
  recent,
  answers,
}: ComposedParts): WindowSide => ({
  ask: async (name, input) => {
    // What an answer may show was told before it, so that nothing in it comes once more as new.
    pushQueue.flush();
    return ask(name, input);
  },
  state: view.state,
  onState: view.onChange,
  recent: () => recent.entries,
  copyEndpoint: (id) => void answers.copyEndpoint({ id }),
  markAllSeen: () => void answers.markAllSeen(undefined),
  pause: (until) => void answers.pause({ until }),
  resume: () => void answers.resume(),
  wasToldAboutTray: () => settings.current.toldAboutTray,
  rememberToldAboutTray: () => settings.remember({ toldAboutTray: true }),
});

const shellSide = (parts: ComposedParts): ShellSide => {
  const { settings, sources, vault, gaps, archive, history, insight, announcer } = parts;
  const { tunnel, publicUrl, updates, silences } = parts;
  return {
    ready: async () => {
      void vault.ask();
      settings.remember({}); // From now on a missing file means that it was lost.
      await parts.warmUp.ready();
      silences.start();
      await parts.secretsStored;
    },
    simulate: parts.simulate,
    sources: sources.list,
    seqOf: history.seqOf,
    exportLines: parts.exports.exportLines,
    note: parts.noted.note,
    masking: parts.masking,
    simulatorBase: publicUrl.working,
    reconnect: tunnel.reconnect,
    fallAsleep: async () => {
      tunnel.configure(null);
      await history.sealEarly();
    },
    wakeUp: () => {
      gaps.wakeUp();
      silences.check();
      parts.holds.reconsider();
      publicUrl.configure();
      tunnel.reconnect('resumed');
      updates.wakeUp();
    },
    closeTunnel: tunnel.close,
    close: async () => {
      updates.close();
      silences.close();
      parts.conditions.save();
      parts.left.save();
      gaps.close();
      await archive.close();
      insight.save(announcer.unannounced());
    },
  };
};
