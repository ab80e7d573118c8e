import { expect, test } from 'vitest';
import { anyAuthtoken, authtokenFor, keepAuthtoken } from '../../electron/setup/authtoken.ts';
import type { TunnelChoice } from '../../shared/tunnel.ts';
import { openInMemory } from '../support/memory.ts';

const own = { serverAddress: null, rootCa: null };
const ingress = { serverAddress: 'ingress.example:443', rootCa: '/ca.pem' };

/** A vault that keeps one text. */
const vaultWith = (value: string | null) => {
  let kept = value;
  return {
    read: () =>
      kept === null ? ({ status: 'none' } as const) : ({ status: 'open', value: kept } as const),
    put: async (_id: string, text: string) => {
      kept = text;
    },
  };
};

test.each([
  ['another server', { ...ingress, serverAddress: 'evil.example:443' }],
  ['another CA', { ...ingress, rootCa: '/evil.pem' }],
  ["ngrok's own server", own],
])(
  'an authtoken that was entered for one server is not given out for %s (E7)',
  async (_, other) => {
    const vault = vaultWith(null);
    await keepAuthtoken(vault, 'the-authtoken', ingress);
    expect(authtokenFor(vault, ingress)).toEqual({ status: 'open', value: 'the-authtoken' });
    expect(authtokenFor(vault, other)).toEqual({ status: 'elsewhere' });
    expect(anyAuthtoken(vault)).toBe('the-authtoken');
  },
);

test("an authtoken that an older Hookbell kept is for ngrok's own server (E7)", () => {
  const vault = vaultWith('the-authtoken');
  expect(authtokenFor(vault, own)).toEqual({ status: 'open', value: 'the-authtoken' });
  expect(authtokenFor(vault, ingress)).toEqual({ status: 'elsewhere' });
});

const choice: Extract<TunnelChoice, { kind: 'ngrok' }> = {
  ...own,
  kind: 'ngrok',
  authtoken: null,
  domain: null,
  closedAtEdge: true,
};

test('the window cannot send the stored authtoken to a server or CA of its choice, by no detour (E7)', async () => {
  const provision = { tunnel: { kind: 'ngrok', authtoken: 'the-authtoken' } };
  await using app = await openInMemory({ provision });
  const choose = (changed: object) =>
    app.ask('changeTunnel', { choice: { ...choice, ...changed }, withoutKeyring: true });
  const refused = { status: 'failed', problem: { code: 'invalid', field: 'authtoken' } };

  expect(await choose({ serverAddress: 'evil.example:443' })).toMatchObject(refused);
  expect(await choose({ rootCa: '/evil.pem' })).toMatchObject(refused);
  await app.ask('changeTunnel', { choice: { kind: 'none' }, withoutKeyring: true });
  expect(await choose({ serverAddress: 'evil.example:443' })).toMatchObject(refused);
  expect(await choose({})).toEqual({ status: 'done' });
  expect(await choose({ ...ingress, authtoken: 'another' })).toEqual({ status: 'done' });
  expect(await choose({})).toMatchObject(refused);
  expect((await app.ask('state', undefined)).tunnel).toMatchObject({
    ...ingress,
    hasAuthtoken: true,
  });
});
