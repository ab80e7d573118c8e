import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import { useNow } from '../clock.ts';
import { ask } from '../state.ts';

export type InsightRead<T> = { value: T | null; failed: boolean; again: () => void };

const minute = 60_000;

/** Asks once, and again whenever `version` changes; what comes while it asks is one more question. */
function useAsked<T>(version: number | string, question: () => Promise<T>): InsightRead<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const standing = useRef({ asking: false, outdated: false });

  const again = useCallback(async () => {
    if (standing.current.asking) {
      standing.current.outdated = true;
      return;
    }
    standing.current.asking = true;
    do {
      standing.current.outdated = false;
      try {
        setValue(await question());
        setFailed(false);
      } catch (error) {
        console.error(error);
        setFailed(true);
      }
    } while (standing.current.outdated);
    standing.current.asking = false;
  }, [question]);

  useEffect(() => {
    if (version !== null) void again();
  }, [version, again]);

  return { value, failed, again: () => void again() };
}

const askAccounts = () => ask('accounts', undefined);
const askRuns = () => ask('runs', undefined);

/** The accounts, worst first. `version`: `insight` of the state. */
export const useAccounts = (version: number): InsightRead<Answer<'accounts'>> =>
  useAsked(version, askAccounts);

/** The runs, also as time passes. `version`: `insight` of the state. */
export const useRuns = (version: number): InsightRead<Answer<'runs'>> =>
  useAsked(`${version} ${Math.floor(useNow() / minute)}`, askRuns);
