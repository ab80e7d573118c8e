import { expect, test } from 'vitest';
import { explain, whyNot } from '../../renderer/words/problems.ts';
import type { ConditionReason } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RejectionCount } from '../../shared/quarantine.ts';
import { rejectionSentences } from '../../shared/rejection-words.ts';
import { noon } from './entries.ts';

const reasons: ConditionReason[] = [
  { code: 'port-taken', port: 4747, fixed: true, instead: null },
  { code: 'port-taken', port: 4747, fixed: false, instead: 4748 },
  { code: 'port-taken', port: 4747, fixed: false, instead: null },
  { code: 'provisioning', mistakes: [{ path: 'sources[0].token', message: 'is too short' }] },
  { code: 'keyring-missing', stored: true },
  { code: 'keyring-missing', stored: false },
  { code: 'keyring-closed', why: 'locked' },
  { code: 'keyring-closed', why: 'silent' },
  { code: 'secrets-unreadable', sourceIds: ['main'] },
  { code: 'secret-missing', sourceIds: ['main'] },
  { code: 'secret-missing', sourceIds: ['main', 'cold'] },
  { code: 'settings-restored', from: 'backup' },
  { code: 'settings-restored', from: 'defaults' },
  { code: 'secrets-restored', from: 'backup' },
  { code: 'secrets-restored', from: 'nothing' },
  { code: 'settings-newer' },
  { code: 'settings-unreadable', message: 'settings.json cannot be read: EACCES' },
  { code: 'history-damaged', what: 'accounts.json was damaged and has been rebuilt' },
  { code: 'history-newer' },
  { code: 'disk', refused: 'events', message: 'The disk is full. Make room on it.', since: noon },
  { code: 'disk', refused: 'marks', message: 'The disk is full. Make room on it.', since: noon },
  { code: 'folder-unsynced', message: 'EINVAL: invalid argument, fsync' },
  {
    code: 'log-unwritable',
    message: "there is something other than a file at '/logs/hookbell.log'",
  },
  { code: 'profile-taken', pid: 4711, host: 'attic' },
  ...[
    { version: '0.2.0', how: 'installed', isOlder: false } as const,
    { version: '0.2.0', how: 'downloaded', isOlder: false } as const,
    { version: '0.0.9', how: 'installed', isOlder: true } as const,
    { version: null, how: 'installed', isOlder: false } as const,
    { version: '0.2.0', how: 'installed', isOlder: false, isMissed: true } as const,
  ].map(
    (update) => ({ code: 'update-ready', running: '0.1.0', isMissed: false, ...update }) as const,
  ),
  { code: 'notifications-not-arriving', why: 'no-answer', since: 1 },
  {
    code: 'deliveries-rejected',
    sourceId: 'main',
    reasons: [{ reason: 'signature-wrong', times: 3 }],
    since: noon,
    unprovenRelay: false,
  },
  {
    code: 'public-url-down',
    since: noon,
    waits: true,
    why: { title: 'The authtoken is refused', remedy: 'Copy it again in Settings.' },
  },
  { code: 'share-used-up', sourceId: 'main', entries: 25_000, since: noon },
  { code: 'old-url-in-use', sourceId: 'main', until: noon, stopped: false },
  { code: 'old-url-in-use', sourceId: 'main', until: noon, stopped: true },
  {
    code: 'account-failing',
    sourceId: 'main',
    accountId: 'binance-1',
    account: 'Binance',
    title: 'Binance could not sync',
    summary: 'API key was rejected by the exchange',
    since: noon,
    seq: 12,
    failures: 1,
    simulated: false,
  },
  { code: 'more-accounts-failing', sourceId: 'main', accounts: 9950 },
  { code: 'url-changed', sourceIds: ['a', 'b'] },
];

const answers: Problem[] = [
  { code: 'not-saved', message: 'The disk is almost full' },
  { code: 'gone', what: 'this source' },
  { code: 'events-would-be-removed', events: 12_345, unreadable: 0, until: noon, upTo: 12_345 },
  { code: 'events-would-be-removed', events: 0, unreadable: 256, until: noon, upTo: 256 },
  { code: 'invalid', field: 'name', message: 'Another source has this name' },
  { code: 'keyring-missing', stored: false },
];

const wordsOf = (reason: ConditionReason) => kindOf(reason).words(reason, () => 'Kryptos');
const remediesOf = (reason: ConditionReason) => kindOf(reason).remedies(reason);
const told = [
  ...reasons.map((reason) => [reason.code, wordsOf(reason)] as const),
  ...answers.map((answer) => [answer.code, explain(answer, () => 'Kryptos')] as const),
];

test.each(told)('%s has a title and says what to do', (_code, { title, advice }) => {
  expect(title).toMatch(/^[A-Z0-9]/);
  expect(title).not.toMatch(/[.!]$/);
  expect(advice).not.toBe('');
  expect(`${title} ${advice}`).not.toMatch(/!|undefined|\.\./);
});

test.each(reasons)('$code has a verb, or says why there is none', (reason) => {
  for (const remedy of remediesOf(reason)) {
    // The button of a place outside has its host.
    if (remedy?.does === 'open-place') continue;
    expect(remedy?.does === 'nothing' ? remedy.why : remedy?.verb).toMatch(/^[A-Z]/);
  }
});

const rejected = {
  code: 'deliveries-rejected',
  sourceId: 'main',
  reasons: [{ reason: 'signature-wrong', times: 3 }],
  since: noon,
  unprovenRelay: false,
} satisfies ConditionReason;

test('rejected deliveries name the source, the cause and the remedy', () => {
  expect(wordsOf(rejected).title).toBe('3 deliveries for Kryptos rejected: signature wrong');
  expect(remediesOf(rejected)[0]).toEqual({
    does: 'open-source',
    verb: 'Change the source',
    sourceId: 'main',
    form: 'edit',
  });
});

test('a run of rejections names its reasons with counts, and the remedy of what can be mended', () => {
  const counts: RejectionCount[] = [
    { reason: 'content-type', times: 9 },
    { reason: 'signature-wrong', times: 4 },
    { reason: 'body-unreadable', times: 2 },
    { reason: 'body-too-large', times: 1 },
  ];
  expect(wordsOf({ ...rejected, reasons: counts })).toEqual({
    title:
      '16 deliveries for Kryptos rejected: 9 not sent as JSON, 4 with a wrong signature, 2 with an unreadable body, 1 for other reasons',
    advice: 'Was the secret rotated? Paste the one the portal shows now.',
  });
  expect(wordsOf({ ...rejected, reasons: counts, unprovenRelay: true }).advice).toMatch(
    /^Does a relay at your public URL rewrite the body/,
  );
});

test('a taken port stays until it is read only where another one is in use', () => {
  const ports = reasons.flatMap((reason) =>
    reason.code === 'port-taken'
      ? [[/Nothing can arrive/.test(wordsOf(reason).advice), kindOf(reason).staysUntilRead(reason)]]
      : [],
  );
  expect(ports).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ]);
});

test('a taken port names the port in use instead', () => {
  const reason = { code: 'port-taken', port: 4747, fixed: false, instead: 4749 } as const;
  expect(wordsOf(reason).advice).toContain('listens on 4749');
});

test('the first mistakes of a provisioning file are named, the others counted', () => {
  const mistakes = ['receiver.port', 'sources[0].id', 'sources[0].token', 'nonsense'].map(
    (path) => ({ path, message: 'is wrong' }),
  );
  expect(wordsOf({ code: 'provisioning', mistakes })).toEqual({
    title: 'The provisioning file has 4 mistakes',
    advice:
      'receiver.port is wrong. sources[0].id is wrong. sources[0].token is wrong. 1 more is named on stderr. Nothing was changed. Correct the file and restart Hookbell.',
  });
  const whole = [{ path: null, message: 'is not JSON' }];
  expect(wordsOf({ code: 'provisioning', mistakes: whole }).advice).toMatch(
    /^The file is not JSON\. Nothing was changed/,
  );
});

test('a failing account leads to the event that began it', () => {
  const failing = reasons.find(({ code }) => code === 'account-failing');
  expect(failing && remediesOf(failing)[0]).toMatchObject({ does: 'open-entry', seq: 12 });
});

test('what goes on does not end by being read', () => {
  const lasting = reasons.filter((reason) => !kindOf(reason).staysUntilRead(reason));
  expect(lasting.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'disk',
      'deliveries-rejected',
      'account-failing',
      'secrets-unreadable',
      'settings-newer',
      'settings-unreadable',
    ]),
  );
});

test('a refused change is worded with its reason and remedy (H17)', async () => {
  const problem = { code: 'settings-newer' } as const;
  expect(await whyNot(Promise.resolve({ status: 'failed', problem }))).toBe(
    'A newer Hookbell wrote the settings. They are used as far as this version understands them, and cannot be changed. Install that version again.',
  );
  expect(await whyNot(Promise.resolve({ status: 'done' }))).toBeNull();
});

test('one rejection names what was measured, and its remedy once', () => {
  expect(rejectionSentences('timestamp-stale', '7 min')).toEqual({
    why: 'It was signed too long before or after it arrived. Is the clock of this computer right? (7 min)',
    remedy: '',
  });
  expect(rejectionSentences('client-id-missing', null)).toEqual({
    why: 'It carries no client id.',
    remedy: 'Compare the client id with the one in the portal.',
  });
});
