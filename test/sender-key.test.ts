import { expect, test } from 'vitest';
import { networkOf, senderKey } from '../electron/sender-key.ts';

test('a sender is an IPv4 address, or the /64 network of an IPv6 address, however it is spelled (R13)', () => {
  expect(senderKey('52.60.234.183')).toBe('52.60.234.183');
  expect(senderKey('::ffff:52.60.234.183')).toBe('52.60.234.183');
  expect(senderKey('2001:db8:1:2:3:4:5:6')).toBe(senderKey('2001:0DB8:1:2::1'));
  expect(senderKey('2001:db8:1:2::1')).not.toBe(senderKey('2001:db8:1:3::1'));
  expect(senderKey(null)).toBeNull();
  expect(senderKey('nobody')).toBe('nobody');
});

test('whoever has a /48 has all of its 65,536 /64 (R13b)', () => {
  const network = (address: string | null) => networkOf(senderKey(address));
  expect(network('2001:db8:1:2::1')).toBe(network('2001:db8:1:ffff::1'));
  expect(network('2001:db8:1::1')).not.toBe(network('2001:db8:2::1'));
  expect(network('52.60.234.183')).toBe('52.60.234.183');
  expect(network(null)).toBeNull();
});
