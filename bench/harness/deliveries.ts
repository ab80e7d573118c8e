import { createHmac, randomBytes } from 'node:crypto';
import type { Sent } from './http.ts';

/**
 * The one maker of genuine deliveries, for tests and benchmarks. It signs by the providers' own pages and not with the app's code,
 * which the tests would otherwise only compare with itself.
 */

/** Made-up secrets. The recorded deliveries in test/fixtures are signed with them too. */
export const secrets = {
  kryptos: 'whsec_test_kryptos_0123456789abcdef',
  simplehash: 'c2ltcGxlaGFzaC10ZXN0LWtleS0wMTIzNDU2Nzg5',
};
export const clientId = '6gq7f1example0clientid';

/** A source as a provisioning file names it. */
export type ProvisionedSource = {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly token: string;
  readonly secrets?: readonly string[];
  readonly clientId?: string;
  readonly allowedAddresses?: readonly string[];
  readonly linkTemplate?: string;
};

const token = (id: string) => `token-of-${id}-0123456789abcdef`;

export const kryptosSource = (
  id = 'kryptos-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  id,
  provider: 'kryptos',
  name: 'Kryptos',
  token: token(id),
  secrets: [secrets.kryptos],
  ...changed,
});

export const vezgoSource = (
  id = 'vezgo-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  id,
  provider: 'vezgo',
  name: 'Vezgo',
  token: token(id),
  clientId,
  ...changed,
});

export const simplehashSource = (
  id = 'simplehash-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  id,
  provider: 'simplehash',
  name: 'SimpleHash',
  token: token(id),
  secrets: [secrets.simplehash],
  ...changed,
});

export const pathOf = ({ provider, token: secret }: ProvisionedSource) =>
  `/hooks/${provider}/${secret}`;

/** What a source's deliveries are signed with. */
export const secretOf = ({ secrets: [newest = ''] = [] }: ProvisionedSource) => newest;

/** Kryptos signs the body alone; the key is the secret as it stands. */
export const kryptosSignature = (body: string | Uint8Array, secret: string | Uint8Array): string =>
  createHmac('sha256', secret).update(body).digest('hex');

/** Standard Webhooks: id, time (epoch s) and body, in base64 and without the version in front. */
export const simplehashSignature = (
  key: string | Uint8Array,
  id: string,
  at: number | string,
  body: string | Uint8Array,
): string => createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64');

/** A body signed for a Kryptos source. */
export const kryptosDelivery = (
  body: object | string,
  to: ProvisionedSource,
  secret = secretOf(to),
): Sent & { readonly body: string } => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    path: pathOf(to),
    headers: {
      'content-type': 'application/json',
      'x-webhook-signature': kryptosSignature(text, secret),
    },
    body: text,
  };
};

export const costBasisCompleted = (
  to: ProvisionedSource,
  { id = `whd_${randomHex(12)}`, secret = secretOf(to) } = {},
): Sent & { readonly body: string } =>
  kryptosDelivery(
    {
      id,
      event: 'costbasis.completed',
      timestamp: '2026-02-20T18:10:21.114Z',
      data: {
        uid: 'user_123',
        action: 'ACCOUNT_MANAGER',
        status: 'completed',
        reason: null,
        timestamp: 1771611020990,
      },
    },
    to,
    secret,
  );

/** A body signed for a SimpleHash source at an instant (epoch ms), under an id of its own. */
export const simplehashDelivery = (
  body: string,
  to: ProvisionedSource,
  at: number,
): Sent & { readonly body: string } => {
  const id = `msg_${randomHex(24)}`;
  const seconds = String(Math.floor(at / 1000));
  const key = Buffer.from(secretOf(to), 'base64');
  return {
    path: pathOf(to),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${simplehashSignature(key, id, seconds, body)}`,
    },
    body,
  };
};

export const randomHex = (digits: number): string => randomBytes(digits / 2).toString('hex');
