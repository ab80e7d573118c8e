import { expect, test } from 'vitest';
import { settles } from '../../electron/receiver/recheck.ts';
import type { Proof } from '../../shared/event.ts';
import { RejectionReason } from '../../shared/quarantine.ts';

const verified: Proof = { status: 'verified', secret: 0 };
const unchecked: Proof = { status: 'trusted', clientId: 'not-used', address: 'not-used' };
const checked: Proof = { status: 'trusted', clientId: 'matched', address: 'allowed' };
const settledBy = (proof: Proof) => RejectionReason.options.filter((one) => settles(proof, one));

test('only the check that failed can admit a rejected delivery, and switching it off cannot (R13c)', () => {
  expect(settledBy(verified)).toEqual([
    ...['secret-not-set', 'signature-missing', 'signature-malformed', 'signature-wrong'],
    ...['timestamp-missing', 'timestamp-stale'],
  ]);
  expect(settledBy(checked)).toEqual([
    'client-id-missing',
    'client-id-wrong',
    'address-not-allowed',
  ]);
  expect(settledBy(unchecked)).toEqual([]);
});
