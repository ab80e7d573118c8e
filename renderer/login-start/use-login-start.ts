import { useCallback, useEffect, useState } from 'react';
import type { LoginStart } from '../../shared/login-start.ts';
import { ask } from '../state.ts';
import { whyNot } from '../words/problems.ts';

export type LoginStartView = {
  /** As the system has it; null while it is read. */
  state: LoginStart | null;
  failure: string | null;
  change: (on: boolean) => Promise<void>;
};

/** Whether Hookbell starts at login, read again whenever a person comes back to the window: it may have been changed elsewhere. */
export function useLoginStart(): LoginStartView {
  const [state, setState] = useState<LoginStart | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const read = useCallback(async () => {
    try {
      setState(await ask('loginStart', undefined));
    } catch (error) {
      console.error(error);
    }
  }, []);

  useEffect(() => {
    void read();
    const again = () => void read();
    // A window that comes back from the taskbar may be seen before it has the focus.
    window.addEventListener('focus', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      window.removeEventListener('focus', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [read]);

  const change = async (on: boolean) => {
    setFailure(await whyNot(ask('changeLoginStart', { on })));
    await read();
  };

  return { state, failure, change };
}
