import { claimProfile } from '../../../electron/edges/profile-lock.ts';
import { askOwner, hearRequests } from '../../../electron/edges/second-start.ts';
import { source } from '../../history/support/kryptos.ts';
import { openPlainApp, receive } from '../../history/support/plain-app.ts';

// A start of Hookbell without Electron: it takes the profile and keeps what it is sent, or says what the owner told it.
const [userData = ''] = process.argv.slice(2);
const tell = (message: object) => void process.send?.(message);
process.on('disconnect', () => process.exit());

const claim = await claimProfile(userData);
if (claim.status === 'held') {
  hearRequests(claim, async ({ kind }) => ({ ok: true, text: `${kind} heard by ${process.pid}` }));
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
