import type { AppState } from '../shared/app-state.ts';
import type { Ask, HookbellBridge, Opening, Push } from '../shared/ipc.ts';
import type { ProviderInfo } from '../shared/source.ts';
import { createStore } from './store.ts';

declare global {
  interface Window {
    hookbell: HookbellBridge;
  }
}

export type AppView = {
  app: AppState | null;
  providers: ProviderInfo[];
  /** Main did not answer, which is a bug. */
  silent: boolean;
};

export const appStore = createStore<AppView>({ app: null, providers: [], silent: false });

export const ask: Ask = (name, input) => window.hookbell.ask(name, input);

const listeners = new Set<(push: Push) => void>();

/** Calls `listener` with every push; returns how to stop. */
export function onPush(listener: (push: Push) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function receive(push: Push, open: (opening: Opening) => void): void {
  if (push.what === 'state') appStore.set({ app: push.state });
  if (push.what === 'open') open(push.opening);
  for (const listener of listeners) listener(push);
}

/** Reads what the window starts with, and opens what a notification asked for. Never rejects. */
export async function connect(open: (opening: Opening) => void): Promise<void> {
  // Listening begins before the first question, so that no push is missed.
  let isPushed = false;
  window.hookbell.listen((push) => {
    isPushed ||= push.what === 'state';
    receive(push, open);
  });

  try {
    const [app, providers, opening] = await Promise.all([
      ask('state', undefined),
      ask('providers', undefined),
      ask('opening', undefined),
    ]);
    appStore.set(isPushed ? { providers, silent: false } : { app, providers, silent: false });
    if (opening) open(opening);
  } catch (error) {
    console.error(error);
    appStore.set({ silent: true });
  }
}
