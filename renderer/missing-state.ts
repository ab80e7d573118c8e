import { useEffect } from 'react';
import type { Damage, Gap } from '../shared/gap.ts';
import { ask, onPush } from './state.ts';
import { createStore, useStore } from './store.ts';

const store = createStore<{ gaps: Gap[]; damages: Damage[] }>({ gaps: [], damages: [] });

const read = async (): Promise<void> => {
  try {
    store.set(await ask('missing', undefined));
  } catch (error) {
    console.error(error);
  }
};

export function useMissing() {
  useEffect(() => {
    void read();
    return onPush(({ what }) => {
      if (what === 'missing' || what === 'removed') void read();
    });
  }, []);
  return useStore(store);
}
