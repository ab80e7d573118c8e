import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiagnosticsParts, diagnosticsLines } from '../../electron/diagnostics/diagnostics.ts';
import { createMask } from '../../electron/masking.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Condition, ConditionReason } from '../../shared/condition.ts';
import { conditionIdOf } from '../../shared/conditions/conditions.ts';

/** What must not be in a report; each begins and ends with letters that nothing else has. */
const privateText = (unit: fc.Arbitrary<string>, minLength: number) =>
  fc.string({ unit, minLength, maxLength: 44 }).map((middle) => `qzj${middle}jzq`);
const plainLetter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
const secretSign = fc.constantFrom(...'abcXYZ019_-');
const anySign = fc.oneof(plainLetter, fc.constantFrom(...' "\\/.%+äß漢🎉'));

const Private = fc.record({
  secret: privateText(fc.oneof(secretSign, fc.constantFrom(...'/+= "\\ä')), 16),
  token: privateText(secretSign, 37),
  authtoken: privateText(secretSign, 30),
  host: privateText(plainLetter, 3).map((name) => `${name}.example.net`),
  formerHost: privateText(fc.oneof(plainLetter, fc.constantFrom(...'äß漢')), 3),
  acceptedHost: privateText(plainLetter, 3).map((name) => `${name}.lan`),
  userName: privateText(plainLetter, 1),
  computerName: privateText(plainLetter, 1),
  sourceName: privateText(anySign, 1),
  account: privateText(anySign, 1),
  title: privateText(anySign, 1),
  clientId: privateText(plainLetter, 8),
  eMail: privateText(plainLetter, 1).map((name) => `${name}@example.net`),
  wallet: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }),
  address: fc.tuple(fc.integer({ min: 128, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255)),
});
type Private = typeof Private extends fc.Arbitrary<infer T> ? T : never;

const at = Date.UTC(2026, 10, 27);
const homeOf = ({ userName }: Private) => `/home/${userName}`;
const ipOf = ({ address }: Private) => address.join('.');

const reasonsOf = (all: Private): ConditionReason[] => {
  const { account, title, acceptedHost, computerName, host, secret } = all;
  const message = `EACCES: permission denied, open '${homeOf(all)}/x' ${secret}`;
  return [
    { code: 'port-taken', port: 4747, fixed: true, instead: null },
    { code: 'provisioning', mistakes: [{ path: secret, message: title }] },
    { code: 'settings-unreadable', message },
    { code: 'history-damaged', what: `${homeOf(all)}/seg-1.json is damaged` },
    { code: 'disk', refused: 'events', message, since: at },
    { code: 'profile-taken', pid: 1, host: computerName },
    {
      code: 'public-url-down',
      since: at,
      why: { title: `${host} is down`, remedy: secret },
      waits: true,
    },
    {
      code: 'account-failing',
      sourceId: 'source-1',
      accountId: account,
      account,
      title,
      summary: title,
      since: at,
      seq: 1,
      failures: 1,
      simulated: false,
    },
    { code: 'other-host', host: `${acceptedHost}:81`, sourceId: 'source-1', since: at },
    {
      code: 'update-ready',
      version: '1.3.0',
      running: '1.2.3',
      how: 'installed',
      isOlder: false,
      isMissed: true,
    },
  ];
};

const conditionsOf = (all: Private): Condition[] =>
  reasonsOf(all).map((reason) => ({
    id: conditionIdOf(reason),
    reason,
    since: at,
    grave: true,
    state: { status: 'open' },
  }));

const stateOf = (all: Private): AppState => ({
  version: '1.2.3',
  pipe: {
    status: 'degraded',
    port: 4747,
    url: `https://${all.host}`,
    since: at,
    evidence: 'probe',
    why: { code: 'no-answer', title: all.host, remedy: all.secret },
  },
  urlProof: { host: all.host, at, by: 'probe' },
  ready: true,
  conditions: conditionsOf(all),
  sources: [
    {
      id: 'source-1',
      provider: 'kryptos',
      name: all.sourceName,
      maskedEndpoint: `https://${all.host}/hooks/kryptos/${all.token.slice(0, 10)}…`,
      secretCount: 1,
      clientId: all.clientId,
      allowedAddresses: [ipOf(all)],
      linkTemplate: null,
      locked: false,
      rhythm: { status: 'regular', usualMs: 86_400_000 },
      lastDelivery: { outcome: 'rejected', at, reason: 'signature-wrong' },
      accepted: 7,
      rejected: 3,
      tests: 1,
      lastAcceptedAt: at,
      lastTestAt: at,
      days: [],
    },
  ],
  updates: { status: 'watching' },
  lastEventAt: at,
  entries: 7,
  insight: 0,
  tests: { entries: 1, quarantined: 0 },
  unseen: 2,
  quarantined: 3,
  onlyCounted: 0,
  refusals: [{ why: 'wrong-token', times: 4, tests: 0, lastAt: at }],
  preferences: { theme: 'dark', density: 'compact', notificationDetail: 'full' },
  hold: null,
  quietHours: { on: false, spans: [], admitsGrave: true },
  searches: [],
  rules: [],
  transfer: null,
  importable: null,
  lastImport: {
    status: 'stopped',
    entries: 1,
    known: 0,
    of: 2,
    keptForDays: null,
    message: all.title,
  },
  tunnel: { kind: 'custom', publicUrl: `https://${all.host}` },
  retention: { days: 90, entries: 100_000, bytes: 1024 ** 3 },
  storage: { bytes: 4096, oldestAt: at },
  folder: `${homeOf(all)}/.config/Hookbell`,
  runtime: { electron: '45.4.1', chrome: '142.0.7444.59', node: '22.1.0' },
});

const logOf = (all: Private): string[] => {
  const { secret, token, authtoken, host, userName, sourceName, eMail } = all;
  const home = homeOf(all);
  return [
    ...reasonsOf(all).map((reason) => `2026-11-27T06:00:00.000Z ${JSON.stringify(reason)}`),
    `tunnel: https://${host}/hooks/kryptos/${token}`,
    `tunnel: ${host}:443 refused ${authtoken}`,
    `post /hooks/kryptos/${encodeURIComponent(token)} from ${ipOf(all)}:5123`,
    `uncaught: Error: ENOENT: open '${home}/${sourceName}'`,
    `    at file://${encodeURI(home)}/app/out/main/main.js:1:20`,
    `secret=${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`,
    `${sourceName}, ${JSON.stringify({ sourceName })}`,
    `${userName} <${eMail}> on ${all.computerName} with 0x${all.wallet}, accepted ${all.acceptedHost}, before ${all.formerHost} ${new URL(`https://${all.formerHost}`).hostname}`,
    `client ${all.clientId}, account ${all.account}: ${all.title}`,
  ];
};

const partsOf = (all: Private): DiagnosticsParts => ({
  madeAt: at,
  system: {
    os: `Debian, ${homeOf(all)}`,
    kernel: '6.1.0',
    arch: 'linux x64',
    packagedAs: 'deb',
    locale: 'en-GB',
    timeZone: 'Europe/Berlin',
    desktop: all.userName,
    session: all.computerName,
    trayHost: 'present',
    keyringBackend: 'gnome_libsecret',
    notifications: { status: 'known', name: all.eMail, version: '1.0', capabilities: ['body'] },
  },
  app: {
    state: stateOf(all),
    port: 4747,
    keyring: { isThere: true, storesPlainly: false },
    segments: 3,
    gaps: [{ from: at, to: at + 60_000, reason: 'asleep' }],
    damages: [{ from: at, to: at, entries: null }],
  },
  log: logOf(all),
  identity: {
    userName: all.userName,
    computerName: all.computerName,
    folders: [{ path: homeOf(all), as: '~' }],
  },
  mask: createMask({
    values: [all.secret, all.token, all.authtoken, all.clientId],
    tokenHashes: new Set(),
  }),
  addresses: [all.acceptedHost, `https://${all.formerHost}:8443/x`],
  providerNamed: () => 'Kryptos',
});

const textOf = (all: Private) => diagnosticsLines(partsOf(all)).join('\n');

test('a report has no secret, host, name or folder, wherever the state and the log have them (A4, E7)', () => {
  fc.assert(
    fc.property(Private, (all) => {
      const text = textOf(all).toLowerCase();
      for (const value of [
        all.secret,
        all.token,
        all.authtoken,
        all.host,
        all.acceptedHost,
        all.formerHost,
        new URL(`https://${all.formerHost}`).hostname,
        all.userName,
        all.computerName,
        all.sourceName,
        all.account,
        all.title,
        all.clientId,
        all.eMail,
        all.wallet,
        ipOf(all),
      ])
        expect(text).not.toContain(value.toLowerCase());
      expect(text).not.toContain('qzj');
    }),
  );
});

test('a report says how Hookbell is doing', () => {
  const [all] = fc.sample(Private, { numRuns: 1, seed: 1 });
  if (!all) throw new Error('no sample');
  const lines = diagnosticsLines(partsOf(all));
  expect(lines).toEqual(
    expect.arrayContaining([
      'Made: 2026-11-27T00:00:00Z',
      'Hookbell: 1.2.3, deb',
      'Chromium: 142.0.7444.59',
      'Port: 4747',
      'State: degraded since 2026-11-27T00:00:00Z, no-answer, known by probe',
      'Kryptos 1: 7 accepted, 3 rejected, 1 tests, 1 secrets, 1 addresses of its own, last delivery rejected (signature-wrong) 2026-11-27T00:00:00Z',
      'port-taken, port 4747, fixed, not listening',
      'account-failing, Kryptos 1, since 2026-11-27T00:00:00Z',
      'wrong-token: 4, of them 0 tests, last 2026-11-27T00:00:00Z',
      'Size: 4096 bytes in 3 sealed segments',
      '2026-11-27T00:00:00Z to 2026-11-27T00:01:00Z, asleep',
    ]),
  );
});

test('a report without sources, conditions and log says so', () => {
  const [all] = fc.sample(Private, { numRuns: 1, seed: 1 });
  if (!all) throw new Error('no sample');
  const parts = partsOf(all);
  const state = { ...parts.app.state, sources: [], conditions: [], refusals: [] };
  const text = diagnosticsLines({ ...parts, log: [], app: { ...parts.app, state, gaps: [] } });
  expect(text.filter((line) => line === 'none')).toHaveLength(5);
});
