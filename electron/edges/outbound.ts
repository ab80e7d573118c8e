import { app, type Session, session } from 'electron';

/** Port 1 of this computer: nothing listens there, and only root could. */
const nowhere = '127.0.0.1:1';

/** Switches off what Chromium asks of the network for itself (P9). Before `ready`. */
export const stopBackgroundRequests = (): void => {
  const { commandLine } = app;
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
  commandLine.appendSwitch('disable-domain-reliability');
  commandLine.appendSwitch('no-pings');
  // A page could tell a stranger something in the names it has looked up.
  addBlinkSetting('dnsPrefetchingEnabled=false');
};

/** Changes one setting of Chromium's pages beside those that were changed before: the switch itself is one value. Before `ready`. */
export const addBlinkSetting = (setting: string): void => {
  const before = app.commandLine.getSwitchValue('blink-settings');
  app.commandLine.appendSwitch('blink-settings', before === '' ? setting : `${before},${setting}`);
};

/**
 * Cuts the session of the window, and all that Chromium does in its name, off from the network (P9): its pages come from the disk,
 * and even WebRTC's connections go through the session's proxy, which is nowhere. After `ready`, before the first window.
 */
export const cutOffPages = async (): Promise<void> => {
  withoutDictionaries(session.defaultSession);
  await session.defaultSession.setProxy({
    mode: 'fixed_servers',
    proxyRules: nowhere,
    // Else loopback would need no proxy.
    proxyBypassRules: '<-loopback>',
  });
};

/** The session that asks our own public URL: with the system's proxy and certificates, in memory only. After `ready`. */
export const wayInSession = (): Session => withoutDictionaries(session.fromPartition('way-in'));

/** Else a session fetches a spelling dictionary from a Google host as soon as it is made. */
const withoutDictionaries = (one: Session): Session => {
  one.setSpellCheckerLanguages([]);
  return one;
};
