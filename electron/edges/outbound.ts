import { app, type Session, session } from 'electron';

/** Only root could listen there. */
const nowhere = '127.0.0.1:1';

/** Switches Chromium's own network requests off (P9). Before `ready`. */
export const stopBackgroundRequests = (): void => {
  const { commandLine } = app;
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
  commandLine.appendSwitch('disable-domain-reliability');
  commandLine.appendSwitch('no-pings');
  // A page could leak data in the host names it looks up.
  addBlinkSetting('dnsPrefetchingEnabled=false');
};

/** Adds one setting to the value of Chromium's single switch for them. Before `ready`. */
export const addBlinkSetting = (setting: string): void => {
  const before = app.commandLine.getSwitchValue('blink-settings');
  app.commandLine.appendSwitch('blink-settings', before === '' ? setting : `${before},${setting}`);
};

/**
 * Cuts the window's session off from the network (P9): all connections, WebRTC's too, go to a proxy that does not exist. After `ready`,
 * before the first window.
 */
export const cutOffPages = async (): Promise<void> => {
  withoutDictionaries(session.defaultSession);
  await session.defaultSession.setProxy({
    mode: 'fixed_servers',
    proxyRules: nowhere,
    // Loopback goes through the proxy, too.
    proxyBypassRules: '<-loopback>',
  });
};

/** The session for our own public URL: in memory, with the system's proxy and certificates. After `ready`. */
export const publicUrlSession = (): Session => withoutDictionaries(session.fromPartition('way-in'));

/**
 * Keeps a session to the addresses that `mayAsk` allows, redirects included; any other request ends before it leaves. `leftOut` names a
 * header in lower case that is never sent.
 */
export const keepTo = (one: Session, mayAsk: (url: string) => boolean, leftOut: string): void => {
  withoutDictionaries(one);
  one.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayAsk(url) }));
  one.webRequest.onBeforeSendHeaders(({ requestHeaders }, decide) =>
    decide({
      requestHeaders: Object.fromEntries(
        Object.entries(requestHeaders).filter(([name]) => name.toLowerCase() !== leftOut),
      ),
    }),
  );
};

/** A session fetches a spelling dictionary from a Google host unless it has no languages. */
const withoutDictionaries = (one: Session): Session => {
  one.setSpellCheckerLanguages([]);
  return one;
};
