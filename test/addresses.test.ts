import { describe, expect, test } from 'vitest';
import {
  isAddressOrRange,
  isInRanges,
  networkOf,
  plainAddress,
  senderKey,
} from '../electron/addresses.ts';

test.each([
  ['52.60.234.183', '52.60.234.183'],
  [' 52.60.234.183 ', '52.60.234.183'],
  ['52.60.234.183:41234', '52.60.234.183'],
  ['::ffff:52.60.234.183', '52.60.234.183'],
  ['::FFFF:343c:eab7', '52.60.234.183'],
  ['[::ffff:52.60.234.183]:443', '52.60.234.183'],
  ['2001:db8::4', '2001:db8::4'],
  ['2001:0DB8:0:0:0:0:0:4', '2001:db8::4'],
  ['[2001:db8::4]', '2001:db8::4'],
  ['[2001:db8::4]:8080', '2001:db8::4'],
])('%s is one address in whatever spelling: %s', (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

const noAddresses = [
  ...['', 'x', '1', '127.1', '010.0.0.1', '0x7f.0.0.1', '1.2.3', '1.2.3.4.5', '256.0.0.1'],
  ...['::1.2.3.4', '::ffff:010.0.0.1', 'fe80::1%eth0', '1::2::3', '[1.2.3.4', '1.2.3.4:x'],
  ...['1.2.3.4/8', '1.2.3.4, 5.6.7.8', `${'0'.repeat(5000)}::1`],
];
test.each(noAddresses)('%j is no address', (text) => {
  expect(plainAddress(text)).toBeNull();
  expect(senderKey(text)).toBeNull();
  expect(isInRanges(text, ['0.0.0.0/0', '::/0', text])).toBe(false);
});

describe('ranges', () => {
  test.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.3/32', true],
    ['10.1.2.4', '10.1.2.3/32', false],
    ['2001:db8::4', '2001:db8::/32', true],
    ['2001:db9::4', '2001:db8::/32', false],
    ['10.1.2.3', '::/0', false],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['10.1.2.3', '10.0.0.0/', false],
    ['10.1.2.3', '10.0.0.0/8/8', false],
    ['10.1.2.3', '10/8', false],
  ])('%s in %s: %s', (address, range, is) => {
    expect(isInRanges(address, ['192.0.2.1', range])).toBe(is);
  });

  test('an invalid range is rejected', () => {
    for (const good of ['127.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32'])
      expect(isAddressOrRange(good), good).toBe(true);
    for (const bad of [
      '10.0.0.0/33',
      '2001:db8::/129',
      '10/8',
      'proxy.local',
      '127.1',
      '/8',
      '1.2.3.4/-1',
    ])
      expect(isAddressOrRange(bad), bad).toBe(false);
  });
});

test('a sender is an IPv4 address or an IPv6 /64 (R13)', () => {
  expect(senderKey('192.0.2.7')).toBe('192.0.2.7');
  expect(senderKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(senderKey('2001:db8:1:2:3:4:5:6')).toBe(senderKey('2001:db8:1:2:ffff::1'));
  expect(senderKey('2001:db8:1:2::1')).not.toBe(senderKey('2001:db8:1:3::1'));
});

test('all /64 of an IPv6 /48 are one network (R13b)', () => {
  const network = (address: string) => networkOf(senderKey(address));
  expect(network('2001:db8:1:2::1')).toBe(network('2001:db8:1:ffff::1'));
  expect(network('2001:db8:1::1')).not.toBe(network('2001:db8:2::1'));
  expect(network('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf(null)).toBeNull();
});
