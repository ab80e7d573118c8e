import { expect, test } from 'vitest';
import type { AccountChange } from '../../electron/insight/accounts.ts';
import type { Decision } from '../../electron/notifications/policy.ts';
import { decide } from '../../electron/notifications/policy.ts';
import { withRule } from '../../electron/notifications/rules.ts';
import type { ProviderEvent } from '../../shared/event.ts';
import { type Rule, type RuleAbout, rulesAtMost } from '../../shared/notification-rules.ts';
import { ruleFor } from '../../shared/rule-for.ts';
import { entryOf, unrecognized } from '../renderer/entries.ts';

const binance: RuleAbout = {
  what: 'account',
  sourceId: 'main',
  accountId: 'wallet_1',
  name: 'Binance',
};
const apes: RuleAbout = {
  what: 'collection',
  sourceId: 'main',
  collectionId: 'ethereum 0xbc4c',
  name: '0xbc4c on Ethereum',
};
const main: RuleAbout = { what: 'source', sourceId: 'main' };
const kind = (of: ProviderEvent['kind']): RuleAbout => ({ what: 'kind', kind: of });

const rule = (says: Rule['says'], about: RuleAbout): Rule => ({
  id: `${says} ${JSON.stringify(about)}`,
  about,
  says,
});

const account = { id: 'wallet_1', name: 'Binance', health: 'failing' } as const;
const failure = entryOf({ account });
const synced = entryOf({
  kind: 'sync.completed',
  severity: 'success',
  title: 'Binance synced',
  account: { ...account, health: 'working' },
});
const minted = entryOf({
  kind: 'contract.activity',
  severity: 'info',
  title: 'Minted',
  collection: { id: apes.what === 'collection' ? apes.collectionId : '', name: 'x' },
});

const opened: AccountChange = { status: 'opened' };
const none: AccountChange = { status: 'none' };
const recovered: AccountChange = { status: 'recovered', name: 'Binance', failingSince: null };

const by = (
  rules: readonly Rule[],
  entry = failure,
  change: AccountChange = none,
): Pick<Decision, 'notify' | 'why'> => {
  const { notify, why } = decide(entry, change, { rules, sourceName: 'Kryptos' });
  return { notify, why };
};

test('a mute says for what, and that it is the rule of the person', () => {
  expect(by([rule('mute', binance)], failure, opened)).toEqual({
    notify: false,
    why: 'Muted by your rule for Binance',
  });
  expect(by([rule('mute', main)], failure, opened).why).toBe('Muted by your rule for Kryptos');
  expect(by([rule('mute', kind('sync.failed'))], failure, opened).why).toBe(
    'Muted by your rule for “Sync failed”',
  );
});

test('what is silent by default is announced where a rule says so', () => {
  expect(by([], minted).notify).toBe(false);
  expect(by([rule('announce', apes)], minted)).toEqual({
    notify: true,
    why: 'Your rule: also tell me of 0xbc4c on Ethereum',
  });
  expect(by([rule('announce', kind('contract.activity'))], minted).notify).toBe(true);
});

test('account or collection goes before source, and source before kind, whatever the order of the rules', () => {
  const rules = [
    rule('mute', kind('contract.activity')),
    rule('announce', main),
    rule('mute', apes),
  ];
  for (const these of [rules, rules.toReversed()]) {
    expect(by(these, minted).notify).toBe(false);
    expect(
      by(
        these.filter(({ about }) => about.what !== 'collection'),
        minted,
      ).notify,
    ).toBe(true);
    expect(
      by(
        these.filter(({ about }) => about.what === 'kind'),
        minted,
      ).notify,
    ).toBe(false);
  }
  const exception = [rule('mute', main), rule('announce', binance)];
  expect(by(exception, failure, opened).notify).toBe(true);
});

test('a mute of an account, of its source or of failures also silences the recovery', () => {
  expect(by([], synced, recovered).notify).toBe(true);
  for (const about of [binance, main, kind('sync.failed')])
    expect(by([rule('mute', about)], synced, recovered).notify).toBe(false);
  expect(by([rule('mute', kind('sync.completed'))], synced, recovered).notify).toBe(true);
});

test('no rule announces a thing twice', () => {
  const rules = [rule('announce', binance), rule('announce', main)];
  const changes: AccountChange[] = [
    { status: 'still-failing', since: failure.receivedAt, failures: 2 },
    { status: 'waiting', failures: 1 },
    { status: 'outdated' },
  ];
  for (const change of changes) expect(by(rules, failure, change).notify).toBe(false);
});

test('no rule is about another source or account, or about what is not understood', () => {
  const others = [
    rule('mute', { ...binance, sourceId: 'other' }),
    rule('mute', { what: 'source', sourceId: 'other' }),
  ];
  expect(ruleFor(others, failure)).toBe(null);
  expect(ruleFor([rule('mute', main)], unrecognized('new'))).toBe(null);
});

test('a rule takes the place of an earlier one about the same, and 200 are enough', () => {
  const first = withRule([], { about: binance, says: 'mute' }, '1')?.rules ?? [];
  const second = withRule(first, { about: { ...binance, name: 'B' }, says: 'announce' }, '2');
  expect(second?.rules).toEqual([{ id: '2', about: { ...binance, name: 'B' }, says: 'announce' }]);

  const full = Array.from({ length: rulesAtMost }, (_, at) =>
    rule('mute', { what: 'source', sourceId: `${at}` }),
  );
  expect(withRule(full, { about: binance, says: 'mute' }, '3')).toBe(null);
  expect(
    withRule(full, { about: { what: 'source', sourceId: '7' }, says: 'announce' }, '3')?.rules,
  ).toHaveLength(rulesAtMost);
});
