import { kryptosSource } from '../../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../../bench/harness/plain-app.ts';
import { claimProfile } from '../../../electron/edges/profile-lock.ts';
import { askOwner, serveCommands } from '../../../electron/edges/second-start.ts';
import { receive } from '../../support/receive.ts';

const source = kryptosSource();

// A start of Hookbell without Electron: it claims the profile and records deliveries, or reports the owner's answer.
const [userData = ''] = process.argv.slice(2);
const tell = (message: object) => void process.send?.(message);
process.on('disconnect', () => process.exit());

const claim = await claimProfile(userData);
if (claim.status === 'held') {
  serveCommands(claim, async ({ kind }) => ({ ok: true, text: `${kind} heard by ${process.pid}` }));
  const app = await openPlainApp({
    folder: userData,
    provision: { sources: [source] },
    demandHeld: claim.demandHeld,
  });
  process.on('message', async (id) =>
    tell({ id, status: (await receive(app, String(id))).status }),
  );
  tell({ claim: 'held' });
} else {
  const asked = claim.status === 'taken' ? await askOwner(userData, { kind: 'run' }, 1000) : null;
  tell({ claim: claim.status, asked });
}
