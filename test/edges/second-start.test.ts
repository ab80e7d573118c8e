import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { claimProfile, ownerAddress } from '../../electron/edges/profile-lock.ts';
import { askOwner, type Command, hearRequests } from '../../electron/edges/second-start.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const quitted = { ok: true, text: 'Hookbell has quit' };

const ownerOf = async (userData: string) => {
  const claim = await claimProfile(userData);
  if (claim.status !== 'held') throw new Error(`The profile is ${claim.status}`);
  return claim;
};

test('a second start reads the answer of the first, however long that takes (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  const heard: Command[] = [];
  let answer = (_reply: typeof quitted) => {};
  hearRequests(owner, (command) => {
    heard.push(command);
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const asked = askOwner(temp.path, { kind: 'quit' }, 200);
  await expect.poll(() => heard).toEqual([{ kind: 'quit' }]);
  expect(await Promise.race([asked, later(400)])).toBe('later');
  answer(quitted);
  expect(await asked).toEqual({ status: 'answered', reply: quitted });
  owner.release();
});

test('a profile whose owner has ended is asked in vain, and says so at once (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  await new Promise((resolve) => owner.server.close(resolve));
  expect(await askOwner(temp.path, { kind: 'run' })).toEqual({ status: 'gone' });
});

test('a program that cannot read the profile is not obeyed (H18)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  const heard: Command[] = [];
  hearRequests(owner, async (command) => {
    heard.push(command);
    return quitted;
  });
  for (const request of [
    { key: 'guessed', command: { kind: 'quit' } },
    { key: owner.holder.key, command: { kind: 'erase' } },
    'quit',
  ])
    expect(await answerTo(temp.path, JSON.stringify(request))).toBe('{"stale":true}\n');
  expect(heard).toEqual([]);
  owner.release();
});

const answerTo = (userData: string, line: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(ownerAddress(userData));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.write(`${line}\n`);
  });

const later = (ms: number) => new Promise((resolve) => setTimeout(() => resolve('later'), ms));

test('programs without the key that never hang up keep no other start from being heard (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  hearRequests(owner, async () => quitted);
  const strangers = Array.from({ length: 16 }, () =>
    connect({ path: ownerAddress(temp.path), allowHalfOpen: true }, function (this: Socket) {
      this.write('{"key":"none","command":{"kind":"quit"}}\n');
    }).on('error', () => {}),
  );
  await Promise.all(strangers.map((stranger) => once(stranger.resume(), 'end')));
  expect(await askOwner(temp.path, { kind: 'quit' }, 1000)).toEqual({
    status: 'answered',
    reply: quitted,
  });
  for (const stranger of strangers) stranger.destroy();
  owner.release();
});
