import { expect, test } from 'vitest';
import { isOwnHost, plainHost } from '../electron/hosts.ts';

const own = { port: 4747, publicUrl: 'https://hooks.example.com', accepted: ['relay.lan:8080'] };

test.each([
  ...['127.0.0.1:4747', 'localhost:4747', 'LOCALHOST:4747', '[::1]:4747'],
  ...['hooks.example.com', 'Hooks.Example.Com', 'hooks.example.com:443', 'hooks.example.com:80'],
  'relay.lan:8080',
])('%s is a name of ours (R5.2)', (host) => {
  expect(isOwnHost(host, own)).toBe(true);
});

test.each([
  ...['127.0.0.1', 'localhost', '127.0.0.1:4748', '127.1:4747', '[::1]', '0.0.0.0:4747'],
  ...['hooks.example.com:8443', 'hooks.example.com.evil.example', 'evil.example', 'relay.lan'],
  ...['', ' ', 'a b', 'user@hooks.example.com', 'hooks.example.com/', 'hooks.example.com:', '[::1'],
])('%j is none (R5.2)', (host) => {
  expect(isOwnHost(host, own)).toBe(false);
});

test('a public URL with a port matches Host headers with and without the port (R5.2)', () => {
  const withPort = { ...own, publicUrl: 'https://hooks.example.com:8443/base' };
  for (const host of ['hooks.example.com:8443', 'hooks.example.com', 'hooks.example.com:443'])
    expect(isOwnHost(host, withPort), host).toBe(true);
  expect(isOwnHost('hooks.example.com:8444', withPort)).toBe(false);
});

test('local names are not ours while the receiver does not listen', () => {
  expect(isOwnHost('127.0.0.1:4747', { ...own, port: null, publicUrl: null })).toBe(false);
});

test('Host needs no port when the receiver listens on port 80', () => {
  expect(isOwnHost('localhost', { ...own, port: 80 })).toBe(true);
});

test('plainHost normalizes a host and returns null for invalid text', () => {
  expect(plainHost('Relay.LAN:443')).toBe('relay.lan');
  expect(plainHost('relay.lan:8080')).toBe('relay.lan:8080');
  for (const text of ['a:99999', '-a.example', 'a..b', '<b>', `${'a'.repeat(300)}`, 'ä.example'])
    expect(plainHost(text), text).toBeNull();
});
