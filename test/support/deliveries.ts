import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Sent } from './http.ts';

/** Made-up secrets, the ones the fixtures are signed with. */
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
};

const token = (id: string) => `token-of-${id}-0123456789abcdef`;

export const kryptosSource = (
  id = 'kryptos-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  ...{ id, provider: 'kryptos', name: 'Kryptos', token: token(id), secrets: [secrets.kryptos] },
  ...changed,
});
export const vezgoSource = (
  id = 'vezgo-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  ...{ id, provider: 'vezgo', name: 'Vezgo', token: token(id), clientId },
  ...changed,
});
export const simplehashSource = (
  id = 'simplehash-main',
  changed: Partial<ProvisionedSource> = {},
): ProvisionedSource => ({
  ...{
    id,
    provider: 'simplehash',
    name: 'SimpleHash',
    token: token(id),
    secrets: [secrets.simplehash],
  },
  ...changed,
});

export const pathOf = ({ provider, token: secret }: ProvisionedSource) =>
  `/hooks/${provider}/${secret}`;

const Fixture = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
const Index = z.object({
  deliveries: z.array(
    z.object({ file: z.string(), provider: z.string(), event: z.string(), signed: z.boolean() }),
  ),
});

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8'));

/** Every recorded delivery there is. */
export const fixtures = Index.parse(read('index.json')).deliveries;

/** A recorded delivery exactly as it was sent, on its way to a source. */
export const recorded = (file: string, to: ProvisionedSource): Sent => {
  const { headers, body } = Fixture.parse(read(file));
  return { path: pathOf(to), headers, body };
};

/** A body signed for a Kryptos source. */
export const kryptosDelivery = (
  body: object | string,
  to: ProvisionedSource,
  secret = to.secrets?.[0] ?? '',
): Sent => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    path: pathOf(to),
    headers: {
      'content-type': 'application/json',
      'x-webhook-signature': createHmac('sha256', secret).update(text).digest('hex'),
    },
    body: text,
  };
};

export const costBasisCompleted = (
  to: ProvisionedSource,
  { id = `whd_${randomBytes(6).toString('hex')}`, secret = to.secrets?.[0] ?? '' } = {},
): Sent =>
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
export const simplehashDelivery = (body: string, to: ProvisionedSource, at: number): Sent => {
  const id = `msg_${randomBytes(12).toString('hex')}`;
  const seconds = String(Math.floor(at / 1000));
  const key = Buffer.from(to.secrets?.[0] ?? '', 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    path: pathOf(to),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
};

export const bodyOf = (file: string): string => Fixture.parse(read(file)).body;
