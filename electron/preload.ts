import { contextBridge, ipcRenderer, webFrame } from 'electron';
import type { HookbellBridge, Push } from '../shared/ipc.ts';

const bridge: HookbellBridge = {
  ask: (name, input) => ipcRenderer.invoke('app:ask', name, input),
  listen: (listener) => {
    const hear = (_event: unknown, push: Push) => listener(push);
    ipcRenderer.on('app:push', hear);
    return () => {
      ipcRenderer.off('app:push', hear);
    };
  },
};

contextBridge.exposeInMainWorld('hookbell', bridge);

// Hookbell talks to nobody but its way in (P9), and no switch of Chromium takes WebRTC and WebTransport from a page.
void webFrame.executeJavaScript(
  "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete globalThis[name]",
);
