import type { Schedule } from '../schedule.ts';

export type Circuit = {
  /** Whether the service must not be called now. */
  readonly isOpen: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** Another service has taken over: earlier failures no longer count. */
  readonly reset: () => void;
};

export type CircuitOptions = {
  readonly schedule: Schedule;
  /** Whether the service answers. Must show nothing to the person. */
  readonly probe: () => Promise<boolean>;
  readonly onClosed: () => void;
};

const mostFailures = 2;
const openMs = 60_000;

/** A circuit breaker (N4): opens after two failures in a row. Each minute a probe may close it. */
export const createCircuit = ({ schedule, probe, onClosed }: CircuitOptions): Circuit => {
  let failures = 0;
  let cancel: (() => void) | null = null;

  const reset = (): void => {
    const wasOpen = cancel !== null;
    cancel?.();
    cancel = null;
    failures = 0;
    if (wasOpen) onClosed();
  };

  const open = (): void => {
    const stop = schedule(openMs, async () => {
      const isAnswered = await probe();
      if (cancel !== stop) return; // Reset meanwhile.
      if (isAnswered) reset();
      else open();
    });
    cancel = stop;
  };

  return {
    isOpen: () => cancel !== null,
    succeeded: () => {
      if (cancel === null) failures = 0;
    },
    failed: () => {
      if (cancel !== null) return;
      failures += 1;
      if (failures >= mostFailures) open();
    },
    reset,
  };
};
