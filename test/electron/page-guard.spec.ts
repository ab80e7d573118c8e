import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

/** Every setting of a window, so that a new one of Electron's is looked at (E1). */
test('each window has the sandbox and every lock on, and nothing else (E1)', async () => {
  await using app = await openInElectron({ provision });
  const all = await app.electron().evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const read = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? read.call(contents) : null;
    }),
  );
  expect(all).toEqual([
    {
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      javascript: true,
      disableDialogs: false,
      disablePopups: false,
      safeDialogs: false,
      safeDialogsMessage: '',
    },
  ]);
  expect(await app.electron().evaluate(() => process.argv.join(' '))).not.toContain('no-sandbox');
});

test('every permission is denied, asked or checked (E4)', async () => {
  await using app = await openInElectron({ provision });
  const answers = await app.page().evaluate(async () => {
    const names: PermissionName[] = [
      'geolocation',
      'notifications',
      'midi',
      'camera',
      'microphone',
      'persistent-storage',
    ];
    const states: string[] = [];
    for (const name of names)
      states.push(`${name}: ${(await navigator.permissions.query({ name })).state}`);
    const refused = (asking: Promise<unknown>) =>
      asking.then(
        () => 'granted',
        (error: Error) => error.name,
      );
    return {
      states,
      notification: await Notification.requestPermission(),
      clipboard: await refused(navigator.clipboard.readText()),
      place: await refused(
        new Promise((resolve, reject) =>
          navigator.geolocation.getCurrentPosition(resolve, ({ code }) =>
            reject(new DOMException('', code === 1 ? 'NotAllowedError' : `${code}`)),
          ),
        ),
      ),
    };
  });
  expect(answers).toEqual({
    states: [
      ...['geolocation: denied', 'notifications: denied'],
      ...['midi: denied', 'camera: denied'],
      ...['microphone: denied', 'persistent-storage: denied'],
    ],
    notification: 'denied',
    clipboard: 'NotAllowedError',
    place: 'NotAllowedError',
  });
});

test('a page that leaves for about:blank is put back, and nothing opens beside it (E4)', async () => {
  await using app = await openInElectron({ provision });
  expect(await app.page().evaluate(() => window.open('about:blank'))).toBeNull();
  expect(await app.page().evaluate(() => window.open('', '_self')?.location.href)).toBe(
    'app://bundle/index.html',
  );
  const comesBack = app.electron().waitForEvent('window');

  await leave(app.page(), () => {
    location.href = 'about:blank';
  });

  const page = await comesBack;
  await page.waitForLoadState('load');
  expect(page.url()).toBe('app://bundle/index.html');
  expect(app.electron().windows()).toHaveLength(1);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  await page.getByRole('option', { name: /Gains and losses are up to date/ }).waitFor();
});

/** Where a page could send something to, without HTTP. */
const openSinks = async () => {
  const heard: string[] = [];
  const udp = createSocket('udp4');
  udp.on('message', () => heard.push('udp'));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const tcp = createServer((socket) => {
    heard.push('tcp');
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const address = tcp.address();
  return {
    heard: () => [...new Set(heard)].sort(),
    script: `(async () => {
      const c = new (window.RTCPeerConnection ?? document.body.appendChild(document.createElement('iframe')).contentWindow.RTCPeerConnection)({
        iceServers: [
          { urls: 'stun:127.0.0.1:${udp.address().port}' },
          { urls: 'turn:127.0.0.1:${typeof address === 'object' ? address?.port : 0}?transport=tcp', username: 'u', credential: 'c' },
        ],
      });
      c.createDataChannel('out');
      await c.setLocalDescription(await c.createOffer());
      await new Promise((resolve) => { c.onicegatheringstatechange = () => c.iceGatheringState === 'complete' && resolve(); setTimeout(resolve, 3000); });
      return 'gathered';
    })()`,
    [Symbol.dispose]: () => {
      udp.close();
      tcp.close();
    },
  };
};

test('WebRTC is taken from the page, and not even a frame of its own brings a packet out (E4, P9)', async () => {
  await using app = await openInElectron({ provision });
  using sinks = await openSinks();
  expect(
    await app
      .page()
      .evaluate(() =>
        ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport'].filter(
          (name) => name in window,
        ),
      ),
  ).toEqual([]);

  const inWindow = (guarded: boolean) =>
    app.electron().evaluate(
      async ({ BrowserWindow }, { script, isGuarded }) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { sandbox: true, ...(isGuarded ? {} : { partition: 'control' }) },
        });
        if (!isGuarded) window.webContents.setWebRTCIPHandlingPolicy('default');
        await window.loadURL('about:blank');
        const said: unknown = await window.webContents.executeJavaScript(script);
        window.destroy();
        return said;
      },
      { script: sinks.script, isGuarded: guarded },
    );
  expect(await inWindow(true)).toBe('gathered');
  expect(sinks.heard()).toEqual([]);
  // The same page without the guards: what it would have sent.
  expect(await inWindow(false)).toBe('gathered');
  expect(sinks.heard()).toEqual(['tcp', 'udp']);
});

test('a page that makes a frame is put back, and the frame has nothing of ours (E4, E6)', async () => {
  await using app = await openInElectron({ provision });
  const comesBack = app.electron().waitForEvent('window');

  await leave(app.page(), () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    if (frame.contentWindow && 'hookbell' in frame.contentWindow) document.title = 'leaked';
  });

  const page = await comesBack;
  await page.waitForLoadState('load');
  expect(await page.evaluate(() => window.frames.length)).toBe(0);
  expect(app.electron().windows()).toHaveLength(1);
});

/** The page is gone before it can answer. */
const leave = (page: Page, how: () => void): Promise<void> => page.evaluate(how).catch(() => {});
