import type { Simulation } from '../provider.ts';

/** All simulations share one account, so that a recovery follows its failure. */
const simulated = (id: string, label: string, hook: string, error?: string): Simulation => ({
  id,
  label,
  make: ({ clientId, hex }) => ({
    headers: {
      'content-type': 'application/json',
      ...(clientId === null ? {} : { 'x-client-id': clientId }),
    },
    body: JSON.stringify({
      hook,
      user: { id: hex(24), loginName: 'ana.keller' },
      account: { id: '603522490d2b02001233a5d6', provider: 'coinbase' },
      error,
    }),
  }),
});

const failure = (error: string, label: string): Simulation =>
  simulated(`SyncError:${error}`, label, 'SyncError', error);

export const simulations: readonly [Simulation, ...Simulation[]] = [
  failure('LoginFailedError', 'Sign-in details refused'),
  simulated('SyncAccount', 'Account synced', 'SyncAccount'),
  failure('SecurityQuestionError', 'A code or an answer is asked for'),
  failure('TemporaryFailureError', 'Could not sync for now'),
  failure('UnhandledConnectorError', 'Could not sync, not expected'),
  failure('UnknownConnectorError', 'Could not sync, cause unknown'),
];
