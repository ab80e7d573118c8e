import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { claimProfile, ownerAddress } from '../../electron/edges/profile-lock.ts';
import { askOwner, type Command, serveCommands } from '../../electron/edges/second-start.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const quitted = { ok: true, text: 'Hookbell has quit' };

const ownerOf = async (userData: string) => {
  const claim = await claimProfile(userData);
  if (claim.status !== 'held') throw new Error(`The profile is ${claim.status}`);
  return claim;
};

test('a second start waits without limit for the reply of the first (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  const heard: Command[] = [];
  let answer = (_reply: typeof quitted) => {};
  serveCommands(owner, (command) => {
    heard.push(command);
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const asked = askOwner(temp.path, { kind: 'quit' }, 200);
  await expect.poll(() => heard).toEqual([{ kind: 'quit' }]);
  expect(await Promise.race([asked, setTimeout(400, 'later')])).toBe('later');
  answer(quitted);
  expect(await asked).toEqual({ status: 'answered', reply: quitted });
  owner.release();
});

test('of many starts at once none takes the owner for one that does not answer', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  serveCommands(owner, async () => quitted);
  // More than wait in the system's queue. Those that the owner turns away claim the profile, and ask again.
  const asked = Array.from({ length: 800 }, () => askOwner(temp.path, { kind: 'quit' }));
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
  expect(statuses).toContain('answered');
  expect(statuses).not.toContain('unanswered');
  owner.release();
});

test('a second start learns that the owner was killed (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  await new Promise((resolve) => owner.server.close(resolve));
  expect(await askOwner(temp.path, { kind: 'run' })).toEqual({ status: 'gone' });
});

test('a second start learns that the owner has released the profile (A1)', async () => {
  using temp = tempFolder();
  (await ownerOf(temp.path)).release();
  expect(await askOwner(temp.path, { kind: 'run' })).toEqual({ status: 'gone' });
});

test('a program that cannot read the profile gives no commands (H18)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  const heard: Command[] = [];
  serveCommands(owner, async (command) => {
    heard.push(command);
    return quitted;
  });
  for (const request of [{ key: 'guessed', command: { kind: 'quit' } }, 'quit'])
    expect(await answerTo(temp.path, JSON.stringify(request))).toBe('{"stale":true}\n');
  expect(heard).toEqual([]);
  owner.release();
});

test('a command of another version is answered at once, and does nothing', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  const heard: Command[] = [];
  serveCommands(owner, async (command) => {
    heard.push(command);
    return quitted;
  });
  const request = { key: owner.owner.key, command: { kind: 'erase' } };
  const answered = new Promise((resolve) => {
    const socket = connect(ownerAddress(temp.path));
    socket.once('data', (answer) => {
      resolve(JSON.parse(String(answer)));
      socket.destroy();
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
  expect(await answered).toMatchObject({
    reply: { ok: false, text: expect.stringContaining('in another version') },
  });
  expect(heard).toEqual([]);
  // A start of before says less, and one of later more.
  for (const command of [{ kind: 'run' }, { kind: 'run', hidden: true, more: 1 }] as const)
    expect(await askOwner(temp.path, command)).toEqual({ status: 'answered', reply: quitted });
  expect(heard).toEqual([{ kind: 'run' }, { kind: 'run', hidden: true }]);
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

test('programs without the key that never hang up block no other start (A1)', async () => {
  using temp = tempFolder();
  const owner = await ownerOf(temp.path);
  serveCommands(owner, async () => quitted);
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
