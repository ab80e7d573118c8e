import type { Later } from '../later.ts';

export type Circuit = {
  /** Whether nothing is to be asked of the service now. */
  readonly isOpen: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** The service is another one now: what the one before did says nothing. */
  readonly reset: () => void;
};

export type CircuitOptions = {
  readonly later: Later;
  /** Whether the service answers. It must show nothing to the person. */
  readonly probe: () => Promise<boolean>;
  /** It was open and is closed now. */
  readonly onClosed: () => void;
};

const mostFailures = 2;
const openMs = 60_000;

/**
 * A circuit breaker: it opens after two failures in a row, for a minute; then a probe closes it, or leaves it open for another minute
 * (N4).
 */
export const createCircuit = ({ later, probe, onClosed }: CircuitOptions): Circuit => {
  let failures = 0;
  /** Cancels the next probe; null while the circuit is closed. */
  let cancel: (() => void) | null = null;

  const reset = (): void => {
    const wasOpen = cancel !== null;
    cancel?.();
    cancel = null;
    failures = 0;
    if (wasOpen) onClosed();
  };

  const open = (): void => {
    const stop = later(openMs, async () => {
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
