import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { schedule } from '../../../electron/edges/clock.ts';
import { openLog } from '../../../electron/history/log/log.ts';
import { seeded } from '../support/random.ts';
import {
  appendAll,
  appendText,
  Entry,
  entriesIn,
  openSmallLog,
  reopened,
  type SmallLog,
  textsIn,
  wholeSegments,
} from '../support/small-log.ts';
import { systemError, tempFolder, withAppender, withStores } from '../support/temp-folder.ts';

const textsOf = (entries: readonly Entry[]) => entries.map(({ text }) => text);

test('the next journal is opened before it is needed, and is gone again when it was not (H4)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  await appendAll(log, 'a', 'b');
  expect(temp.names()).not.toContain('seg-000002.journal');
  await appendText(log, 'c');
  await expect.poll(() => temp.names()).toContain('seg-000002.journal');
  await log.close();
  expect(temp.names()).not.toContain('seg-000002.journal');

  const again = await openSmallLog(temp.folder);
  await appendAll(again, 'd', 'e');
  expect(await textsIn(again)).toEqual([...'abcde']);
  await again.close();
});

test('a next journal that cannot be opened is tried again, and until then the full one takes what comes', async () => {
  using temp = tempFolder();
  let refuses = true;
  const log = await openSmallLog({
    ...temp.folder,
    openAppender: async (name) => {
      if (refuses && name === 'seg-000002.journal') throw systemError('EMFILE');
      return temp.folder.openAppender(name);
    },
  });
  await appendAll(log, ...'abcdef');
  expect(temp.names()).not.toContain('seg-000002.journal');
  refuses = false;
  await appendText(log, 'g');
  await appendText(log, 'h');
  expect(temp.names()).toContain('seg-000002.journal');
  await log.close();
  expect(textsOf(await reopened(temp.folder))).toEqual([...'abcdefgh']);
});

test('a record that cannot be made costs its own caller only, and no number (H1)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  const impossible = () => {
    throw new Error('impossible');
  };
  const [before, made, after] = await Promise.allSettled([
    appendText(log, 'before'),
    log.append(impossible),
    appendText(log, 'after'),
  ]);
  expect([before.status, made.status, after.status]).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  await expect(log.append(impossible)).rejects.toThrow('impossible');
  await appendText(log, 'later');
  await log.close();

  expect((await reopened(temp.folder)).map(({ seq, text }) => [seq, text])).toEqual([
    [1, 'before'],
    [2, 'after'],
    [3, 'later'],
  ]);
});

test('nothing follows a half-written line while the disk refuses to cut it off (H3)', async () => {
  using temp = tempFolder();
  let state: 'fine' | 'full' | 'stuck' = 'fine';
  const log = await openSmallLog(
    withAppender(temp.folder, (real) => ({
      append: async (bytes) => {
        if (state === 'fine') return real.append(bytes);
        await real.append(bytes.subarray(0, bytes.byteLength - 5));
        throw systemError('ENOSPC');
      },
      truncate: async (length) => {
        if (state === 'stuck') throw systemError('EIO');
        return real.truncate(length);
      },
    })),
  );
  await appendAll(log, 'a', 'b', 'c');
  state = 'stuck';
  await expect(appendText(log, 'refused')).rejects.toThrow('ENOSPC');
  await expect(appendText(log, 'refused too')).rejects.toThrow('EIO');
  state = 'full';
  await expect(appendText(log, 'and this')).rejects.toThrow('ENOSPC');
  state = 'fine';
  await appendAll(log, 'd', 'e');
  await log.close();

  expect(textsOf(await reopened(temp.folder))).toEqual([...'abcde']);
});

test('a full journal with a refused line in it is not left behind before that is cut off (H3, H4)', async () => {
  using temp = tempFolder();
  let state: 'fine' | 'stuck' = 'fine';
  let refuseToOpen = () => {};
  const refusedToOpen = new Promise<void>((resolve) => {
    refuseToOpen = resolve;
  });
  let opens = true;
  const stores = withStores(temp.folder, () => true);
  const folder = withAppender(stores, (real) => ({
    append: async (bytes) => {
      await real.append(bytes);
      if (state === 'stuck') throw systemError('EIO');
    },
    truncate: async (length) => {
      if (state === 'stuck') throw systemError('EIO');
      return real.truncate(length);
    },
  }));
  const log = await openSmallLog({
    ...folder,
    openAppender: async (name) => {
      if (!opens) {
        refuseToOpen();
        throw systemError('EMFILE');
      }
      return folder.openAppender(name);
    },
  });
  opens = false;
  await appendAll(log, ...'abcd');
  await refusedToOpen;
  opens = true;
  state = 'stuck';
  await expect(appendText(log, 'refused')).rejects.toThrow('EIO');
  await expect(appendText(log, 'refused too')).rejects.toThrow('EIO');
  state = 'fine';
  await appendAll(log, 'e', 'f');
  await log.close();

  expect(textsOf(await reopened(temp.folder))).toEqual([...'abcdef']);
});

test('a journal with a refused line in it is not left for the next segment, not even at the end: its number would be given twice (H1, H3, A3)', async () => {
  using temp = tempFolder();
  let isStuck = false;
  const log = await openSmallLog(
    withAppender(temp.folder, (real) => ({
      append: async (bytes) => {
        await real.append(bytes);
        if (isStuck) throw systemError('EIO');
      },
      truncate: async (length) => {
        if (isStuck) throw systemError('EIO');
        return real.truncate(length);
      },
    })),
  );
  await appendAll(log, 'a', 'b');
  isStuck = true;
  await expect(appendText(log, 'refused')).rejects.toThrow('EIO');
  await log.sealEarly();
  expect(log.segments).toEqual([]);
  isStuck = false;
  await appendAll(log, 'c');
  isStuck = true;
  await expect(appendText(log, 'refused')).rejects.toThrow('EIO');
  await log.close();

  const entries = await reopened(temp.folder);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
  expect(textsOf(entries).slice(0, 3)).toEqual(['a', 'b', 'c']);
});

/** A little less than the lines of this test. */
const lineBytes = 1000;
test.each([
  ['records', { segmentRecords: 4, segmentBytes: 1_000_000 }],
  ['bytes', { segmentRecords: 1000, segmentBytes: 4 * lineBytes }],
])(
  'a segment whose successor cannot be opened takes eight times its %s, then refuses until it can be (P2, H4)',
  async (_, limits) => {
    using temp = tempFolder();
    let opens = true;
    const log = await openSmallLog(
      {
        ...temp.folder,
        openAppender: async (name) => {
          if (!opens) throw systemError('EMFILE');
          return temp.folder.openAppender(name);
        },
      },
      limits,
    );
    opens = false;
    const kept: string[] = [];
    let refusal: unknown = null;
    for (let number = 0; number < 100 && refusal === null; number += 1)
      await appendText(log, String(number).padEnd(955, '.')).then(
        ({ text }) => kept.push(text),
        (error: unknown) => {
          refusal = error;
        },
      );
    expect(refusal).toMatchObject({ code: 'EMFILE' });
    expect(kept).toHaveLength(32);
    const refused = await Promise.allSettled([appendText(log, 'two'), appendText(log, 'at once')]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);

    opens = true;
    expect((await appendText(log, 'taken')).seq).toBe(33);
    await log.close();
    expect(textsOf(await reopened(temp.folder))).toEqual([...kept, 'taken']);
    expect(temp.names().filter((name) => name.endsWith('.journal'))).toEqual([
      'seg-000003.journal',
    ]);
  },
);

test('a batch is written at once but is no more than 256 KiB, or one record (H2, H7)', async () => {
  using temp = tempFolder();
  const sizes: number[] = [];
  const log = await openLog<Entry>({
    folder: withAppender(temp.folder, (real) => ({
      append: (bytes) => {
        sizes.push(bytes.byteLength);
        return real.append(bytes);
      },
    })),
    parse: (value) => Entry.safeParse(value).data ?? null,
    ...{ segmentRecords: 256, segmentBytes: 1024 * 1024, report: () => {} },
  });
  const texts = [10, 10, 100_000, 100_000, 100_000, 300_000, 10, 10].map((size) =>
    'é'.repeat(size / 2),
  );
  const entries = await appendAll(log, ...texts);
  await log.close();

  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(sizes.map((size) => Math.round(size / 100_000))).toEqual([2, 1, 3, 0]);
});

test('after its end a log takes nothing more, and ending it again is ending it once (A3)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  const kept = appendAll(log, ...'abcde');
  const ended = Promise.all([log.close(), log.close()]);
  await expect(appendText(log, 'late')).rejects.toThrow('closed');
  await Promise.all([kept, ended]);
  await log.close();
  const before = temp.contents();
  await log.sealEarly();
  await log.removeOldest(() => true);

  expect(temp.contents()).toEqual(before);
  expect(textsOf(await reopened(temp.folder))).toEqual([...'abcde']);
});

test('a disk that is full at the start does not stop it, and is used once it is free (P4, R14)', async () => {
  using temp = tempFolder();
  let full = true;
  const refuseWhenFull = async () => {
    if (full) throw systemError('ENOSPC');
  };
  const stores = withStores(temp.folder, () => full);
  const log = await openSmallLog({
    ...stores,
    sync: () => refuseWhenFull().then(stores.sync),
    openAppender: (name) => refuseWhenFull().then(() => stores.openAppender(name)),
  });
  await expect(appendText(log, 'refused')).rejects.toThrow('ENOSPC');
  full = false;
  await appendAll(log, 'a', 'b');
  await log.close();

  expect(textsOf(await reopened(temp.folder))).toEqual(['a', 'b']);
});

test('whatever is asked of a log at once, it keeps everything, once and in order (H2, H4, H15)', async () => {
  const random = seeded(7);
  for (let round = 0; round < 12; round += 1) {
    using temp = tempFolder();
    let log = await openSmallLog(temp.folder);
    const asked: Promise<unknown>[] = [Promise.resolve()];
    const texts: string[] = [];
    let dropped = 0;
    const dropOne = async (opened: SmallLog) => {
      const [oldest] = opened.segments;
      await opened.removeOldest((segment) => {
        if (segment.number !== oldest?.number) return false;
        dropped = segment.lastSeq;
        return true;
      });
    };
    const append = (opened: SmallLog) => {
      const text = `text ${texts.length}`;
      texts.push(text);
      return appendText(opened, text);
    };
    for (let step = 0; step < 60; step += 1) {
      const chance = random.next();
      if (chance < 0.6) asked.push(append(log));
      else if (chance < 0.75) asked.push(log.sealEarly());
      else if (chance < 0.85) asked.push(entriesIn(log));
      else if (chance < 0.9) asked.push(dropOne(log));
      else if (chance < 0.97) await Promise.race(asked);
      else {
        await log.close();
        log = await openSmallLog(temp.folder);
      }
    }
    await Promise.all(asked);
    expect(await textsIn(log)).toEqual(texts.slice(dropped));
    await log.close();
    expect(textsOf(await reopened(temp.folder))).toEqual(texts.slice(dropped));
  }
});

test('on a slow disk those who were just answered are waited for, so that none waits for two syncs (H2)', async () => {
  using temp = tempFolder();
  let syncs = 0;
  const folder = withAppender(temp.folder, (real) => ({
    append: async (bytes) => {
      syncs += 1;
      await real.append(bytes);
      await pause(20);
    },
  }));
  const log = await openSmallLog(folder, { ...wholeSegments, schedule });
  const rounds = 12;
  await Promise.all(
    [0, 3, 6].map(async (turnsLate) => {
      for (let round = 0; round < rounds; round += 1) {
        await appendText(log, `${turnsLate} ${round}`);
        for (let turn = 0; turn < turnsLate; turn += 1) await nextTurn();
      }
    }),
  );
  await log.close();
  // Alternating, they would need two for each round.
  expect(syncs).toBeLessThan(1.5 * rounds);
  expect(await reopened(temp.folder)).toHaveLength(3 * rounds);
});

test('a bug in the writer refuses what it was writing, keeps nothing of it, and is over with it (A4)', async () => {
  using temp = tempFolder();
  let isBroken = false;
  const log = await openSmallLog(temp.folder, {
    failpoint: (step) => {
      if (isBroken && step === 'write:after') throw new TypeError('a bug');
    },
  });
  await appendText(log, 'a');
  isBroken = true;
  const refused = await Promise.allSettled([appendText(log, 'b'), appendText(log, 'c')]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  await appendText(log, 'd');
  await log.close();
  expect((await reopened(temp.folder)).map(({ seq, text }) => [seq, text])).toEqual([
    [1, 'a'],
    [2, 'd'],
  ]);
});
