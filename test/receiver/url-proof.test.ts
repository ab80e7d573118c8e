import { expect, test } from 'vitest';
import { watchUrlProof } from '../../electron/receiver/url-proof.ts';
import type { Pipe } from '../../shared/pipe.ts';

const url = 'https://me.ngrok-free.app';
const receiving = (checkedAt: number, by: 'probe' | 'delivery' = 'probe'): Pipe => ({
  status: 'receiving',
  ...{ port: 4747, url, checkedAt, by },
});

test('the newest of probes and deliveries is what proved the public URL last, also while it is down', () => {
  let now = 0;
  const proof = watchUrlProof(() => now);
  expect(proof.current()).toBeNull();
  proof.follow({ status: 'connecting', url });
  expect(proof.current()).toBeNull();
  proof.follow(receiving(1));
  expect(proof.current()).toEqual({ host: 'me.ngrok-free.app', at: 1, by: 'probe' });
  now = 5;
  proof.delivered('Me.ngrok-free.app:443', url);
  proof.follow(receiving(1));
  expect(proof.current()).toEqual({ host: 'me.ngrok-free.app', at: 5, by: 'delivery' });
  proof.follow(null);
  expect(proof.current()).toMatchObject({ at: 5 });
});

test('a delivery over loopback, or under another name, proves nothing of the public URL', () => {
  const proof = watchUrlProof(() => 1);
  proof.delivered('127.0.0.1:4747', url);
  proof.delivered('localhost:4747', null);
  proof.delivered('another.example', url);
  expect(proof.current()).toBeNull();
});

test('another public URL has to be proven anew', () => {
  const proof = watchUrlProof(() => 9);
  proof.follow(receiving(9));
  proof.delivered('hooks.example.org', 'https://hooks.example.org');
  expect(proof.current()).toEqual({ host: 'hooks.example.org', at: 9, by: 'delivery' });
});
