import { expect, test } from 'vitest';
import { explain, whyNot } from '../../renderer/problems.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RejectionCount } from '../../shared/quarantine.ts';
import { noon } from './entries.ts';

const problems: Problem[] = [
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
  { code: 'not-saved', message: 'The disk is almost full' },
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
  { code: 'notifications-not-arriving', why: 'no-answer', since: 1 },
  {
    code: 'deliveries-rejected',
    sourceId: 'main',
    reasons: [{ reason: 'signature-wrong', times: 3 }],
    since: noon,
    unprovenRelay: false,
  },
  {
    ...{ code: 'no-way-in', since: noon, waits: true },
    why: { title: 'The authtoken is refused', remedy: 'Copy it again in Settings.' },
  },
  { code: 'share-used-up', sourceId: 'main', entries: 25_000, since: noon },
  { code: 'old-url-in-use', sourceId: 'main', until: noon, stopped: false },
  { code: 'old-url-in-use', sourceId: 'main', until: noon, stopped: true },
  {
    code: 'account-failing',
    sourceId: 'main',
    account: 'Binance',
    title: 'Binance could not sync',
    since: noon,
    seq: 12,
    simulated: false,
  },
  { code: 'more-accounts-failing', sourceId: 'main', accounts: 9950 },
  { code: 'url-changed', sourceIds: ['a', 'b'] },
  { code: 'gone', what: 'this source' },
  { code: 'events-would-go', events: 12_345, unreadable: 0, until: noon, upTo: 12_345 },
  { code: 'events-would-go', events: 0, unreadable: 256, until: noon, upTo: 256 },
  { code: 'invalid', field: 'name', message: 'Another source has this name' },
];

test.each(problems)('$code is told in words with what helps', (problem) => {
  const { title, remedy } = explain(problem, () => 'Kryptos');
  expect(title).toMatch(/^[A-Z0-9]/);
  expect(title).not.toMatch(/[.!]$/);
  expect(remedy).not.toBe('');
  expect(`${title} ${remedy}`).not.toMatch(/!|undefined|\.\./);
});

test('rejected deliveries name the source, the cause and the remedy', () => {
  const problem = problems.find(({ code }) => code === 'deliveries-rejected');
  expect(problem && explain(problem, () => 'Kryptos')).toMatchObject({
    title: '3 deliveries for Kryptos rejected: signature wrong',
    action: { verb: 'Change the source', does: 'open', opening: { what: 'page', page: 'sources' } },
  });
});

test('a run of rejections is told by its reasons with counts, and what helps goes by what can be mended', () => {
  const reasons: RejectionCount[] = [
    { reason: 'content-type', times: 9 },
    { reason: 'signature-wrong', times: 4 },
    { reason: 'body-unreadable', times: 2 },
    { reason: 'body-too-large', times: 1 },
  ];
  const problem = {
    code: 'deliveries-rejected' as const,
    sourceId: 'main',
    since: noon,
    reasons,
  };
  expect(explain({ ...problem, unprovenRelay: false }, () => 'Kryptos')).toMatchObject({
    title:
      '16 deliveries for Kryptos rejected: 9 not sent as JSON, 4 with a wrong signature, 2 with an unreadable body, 1 for other reasons',
    remedy: 'Was the secret rotated? Paste the one the portal shows now.',
  });
  expect(explain({ ...problem, unprovenRelay: true }, () => 'Kryptos').remedy).toMatch(
    /^Does a relay at your public URL rewrite the body/,
  );
});

test('a port that is taken keeps everything out, unless another one could be had', () => {
  const told = problems.flatMap((problem) =>
    problem.code === 'port-taken' ? [explain(problem, () => '')] : [],
  );
  expect(told.map(({ remedy, readable }) => [/Nothing can arrive/.test(remedy), readable])).toEqual(
    [
      [true, false],
      [false, true],
      [true, false],
    ],
  );
});

test('a port that was in use names the one that is listened on', () => {
  const problem = { code: 'port-taken', port: 4747, fixed: false, instead: 4749 } as const;
  expect(explain(problem, () => '').remedy).toContain('listens on 4749');
});

test('the mistakes of a provisioning file are named, and how many more stderr names', () => {
  const mistakes = ['receiver.port', 'sources[0].id', 'sources[0].token', 'nonsense'].map(
    (path) => ({ path, message: 'is wrong' }),
  );
  expect(explain({ code: 'provisioning', mistakes }, () => '')).toMatchObject({
    title: 'The provisioning file has 4 mistakes',
    remedy:
      'receiver.port is wrong. sources[0].id is wrong. sources[0].token is wrong. 1 more is named on stderr. Nothing was changed. Correct the file and restart Hookbell.',
  });
  const whole = [{ path: '(file)', message: 'is not JSON' }];
  expect(explain({ code: 'provisioning', mistakes: whole }, () => '').remedy).toMatch(
    /^The file is not JSON\. Nothing was changed/,
  );
});

test('a failing account leads to the event that began it', () => {
  const problem = problems.find(({ code }) => code === 'account-failing');
  expect(problem && explain(problem, () => 'Kryptos').action).toMatchObject({
    does: 'open',
    opening: { what: 'entry', seq: 12 },
  });
});

test('what is still wrong cannot be waved away', () => {
  const stubborn = problems.filter((problem) => !explain(problem, () => '').readable);
  expect(stubborn.map(({ code }) => code)).toEqual(
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

test('a change that was not kept is told with the reason and the remedy, one that was is not (H17)', async () => {
  const problem = { code: 'settings-newer' } as const;
  expect(await whyNot(Promise.resolve({ status: 'failed', problem }))).toBe(
    'A newer Hookbell wrote the settings. They are used as far as this version understands them, and cannot be changed. Install that version again.',
  );
  expect(await whyNot(Promise.resolve({ status: 'done' }))).toBeNull();
});
