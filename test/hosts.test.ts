import { expect, test } from 'vitest';
import { isOwnHost, plainHost } from '../electron/hosts.ts';

const own = { port: 4747, publicUrl: 'https://hooks.example.com', accepted: ['relay.lan:8080'] };

test.each([
  ...['127.0.0.1:4747', 'localhost:4747', 'LOCALHOST:4747', '[::1]:4747'],
  ...['hooks.example.com', 'Hooks.Example.Com', 'hooks.example.com:443', 'hooks.example.com:80'],
  'relay.lan:8080',
])('%s is a name of ours (5.2, step 2)', (host) => {
  expect(isOwnHost(host, own)).toBe(true);
});

test.each([
  ...['127.0.0.1', 'localhost', '127.0.0.1:4748', '127.1:4747', '[::1]', '0.0.0.0:4747'],
  ...['hooks.example.com:8443', 'hooks.example.com.evil.example', 'evil.example', 'relay.lan'],
  ...['', ' ', 'a b', 'user@hooks.example.com', 'hooks.example.com/', 'hooks.example.com:', '[::1'],
])('%j is none (5.2, step 2)', (host) => {
  expect(isOwnHost(host, own)).toBe(false);
});

test('a public URL with a port of its own is named with it or without (5.2, step 2)', () => {
  const withPort = { ...own, publicUrl: 'https://hooks.example.com:8443/base' };
  for (const host of ['hooks.example.com:8443', 'hooks.example.com', 'hooks.example.com:443'])
    expect(isOwnHost(host, withPort), host).toBe(true);
  expect(isOwnHost('hooks.example.com:8444', withPort)).toBe(false);
});

test('while nothing listens no local name is ours', () => {
  expect(isOwnHost('127.0.0.1:4747', { ...own, port: null, publicUrl: null })).toBe(false);
});

test('a receiver on the port of http is named without it', () => {
  expect(isOwnHost('localhost', { ...own, port: 80 })).toBe(true);
});

test('a host is kept in one spelling, and what is none is not kept', () => {
  expect(plainHost('Relay.LAN:443')).toBe('relay.lan');
  expect(plainHost('relay.lan:8080')).toBe('relay.lan:8080');
  for (const text of ['a:99999', '-a.example', 'a..b', '<b>', `${'a'.repeat(300)}`, 'ä.example'])
    expect(plainHost(text), text).toBeNull();
});
