import { expect, test } from 'vitest';
import { senderKey } from '../electron/sender-key.ts';

test('a sender is an IPv4 address, or the /64 network of an IPv6 address, however it is spelled (R13)', () => {
  expect(senderKey('52.60.234.183')).toBe('52.60.234.183');
  expect(senderKey('::ffff:52.60.234.183')).toBe('52.60.234.183');
  expect(senderKey('2001:db8:1:2:3:4:5:6')).toBe(senderKey('2001:0DB8:1:2::1'));
  expect(senderKey('2001:db8:1:2::1')).not.toBe(senderKey('2001:db8:1:3::1'));
  expect(senderKey(null)).toBeNull();
  expect(senderKey('nobody')).toBe('nobody');
});
