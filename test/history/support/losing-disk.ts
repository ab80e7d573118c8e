import { deserializeChecked, serializeChecked } from '../../../electron/storage/checked-json.ts';
import type { Appender, Folder, JsonStore } from '../../../electron/storage/folder.ts';
import type { Random } from './random.ts';
import { systemError } from './temp-folder.ts';

type File = {
  bytes: Buffer;
  /** What a power cut leaves of it for certain. */
  certain: Buffer;
};
type Names = ReadonlyMap<string, File>;
/** Done to the names as they are, and to those on the disk once they are synced. */
type Change = (names: Map<string, File>) => void;

export type LosingDisk = ReturnType<typeof losingDisk>;

type Options = {
  readonly found?: Names;
  /** False: an append settles before its bytes are certain, as without fdatasync. */
  readonly syncs?: boolean;
};

/**
 * A disk in memory that promises no more than a real one: bytes are certain once an append has settled, names once the folder was
 * synced. Calls that are under way together end in any order, and the power may be gone during any of them.
 */
export const losingDisk = (random: Random, { found = new Map(), syncs = true }: Options = {}) => {
  const names = new Map(found);
  const certain = new Map(found);
  /** What becomes of the calls that are under way, if the power is gone before their end. */
  const underWay = new Set<() => void>();
  let unsynced: Change[] = [];
  let calls = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let powerGone = () => {};

  function begin(): boolean {
    if (calls >= cutAt) return false;
    calls += 1;
    if (calls === cutAt) powerGone();
    return calls < cutAt;
  }

  /** Does it some turns of the event loop later; never, when there is no power by then. */
  async function call<T>(does: () => T, cutShort: () => void = () => {}): Promise<T> {
    if (begin()) {
      underWay.add(cutShort);
      for (let turns = random.whole(0, 4); turns > 0; turns -= 1) await turn();
      if (calls < cutAt) {
        underWay.delete(cutShort);
        return does();
      }
    } else if (calls === cutAt) underWay.add(cutShort);
    return new Promise<never>(() => {});
  }

  function change(made: Change): void {
    made(names);
    unsynced.push(made);
  }

  function sync(before: number): void {
    for (const made of unsynced.slice(0, before)) made(certain);
    unsynced = unsynced.slice(before);
  }

  function move(from: string, to: string): void {
    if (!names.has(from)) throw systemError('ENOENT');
    change((all) => {
      const file = all.get(from);
      if (!file) return;
      all.delete(from);
      all.set(to, file);
    });
  }

  function appenderOf(name: string): Appender {
    const file = names.get(name) ?? fileOf(Buffer.alloc(0));
    if (!names.has(name)) change((all) => void all.set(name, file));
    let end = file.bytes.byteLength;
    const upToEnd = () => file.bytes.subarray(0, end);
    return {
      append: (bytes) =>
        call(
          () => {
            file.bytes = Buffer.concat([upToEnd(), bytes]);
            if (syncs) file.certain = file.bytes;
            end = file.bytes.byteLength;
          },
          // Any part of it, and sometimes its length already without its bytes.
          () => {
            const written = random.whole(0, bytes.byteLength + 1);
            const zeros = random.whole(0, 2) * (bytes.byteLength - written);
            file.certain = Buffer.concat([
              upToEnd(),
              bytes.subarray(0, written),
              Buffer.alloc(zeros),
            ]);
          },
        ),
      truncate: (length) =>
        call(() => {
          end = length;
          file.bytes = upToEnd();
        }),
      close: () => call(() => {}),
    };
  }

  /** As electron-store: written beside it, synced and renamed, so that a cut leaves the old one, the new one, or a leftover. */
  function storeOf(file: string): JsonStore {
    return {
      read: () => {
        const content = names.get(file);
        return content && deserializeChecked(content.bytes.toString('utf8'));
      },
      write: (value) => {
        const bytes = Buffer.from(serializeChecked(value));
        if (begin()) return change((all) => void all.set(file, fileOf(bytes)));
        const part = bytes.subarray(0, random.whole(0, bytes.byteLength));
        certain.set(`${file}.tmp-1`, fileOf(part));
        throw systemError('EIO');
      },
      setAside: () => move(file, `${file}.corrupt-1`),
    };
  }

  const folder: Folder = {
    writtenByNewer: false,
    list: () => call(() => [...names.keys()]),
    read: (name) => call(() => names.get(name)?.bytes ?? null),
    sizes: (asked) => asked.map((name) => names.get(name)?.bytes.byteLength ?? null),
    rename: (from, to) => call(() => move(from, to)),
    remove: (name) => call(() => change((all) => void all.delete(name))),
    sync: () => {
      const before = unsynced.length;
      return call(() => sync(before));
    },
    openAppender: (name) => call(() => appenderOf(name)),
    store: (name) => storeOf(`${name}.json`),
  };

  return {
    folder,
    /** How many were begun. */
    calls: () => calls,
    /** Lets something happen until it ends, or until the call of that number has begun: nothing comes to its end after it. */
    until: async (call: number, life: () => Promise<void>): Promise<void> => {
      cutAt = call;
      const gone = new Promise<void>((resolve) => {
        powerGone = resolve;
      });
      // Without power the disk may as well say so, and nobody is there to hear it.
      const lived = life().catch((error) => {
        if (calls < cutAt) throw error;
      });
      await Promise.race([lived, gone]);
      await turn();
    },
    /** What is found when the power is back: what is certain, and of the rest what chance has left. */
    left: (): Names => {
      for (const cutShort of underWay) if (random.next() < 0.5) cutShort();
      // Some file systems keep the order of changes, others do not.
      const reached = random.whole(0, unsynced.length + 1);
      const inOrder = random.next() < 0.5;
      const survives = (at: number) => (inOrder ? at < reached : random.next() < 0.5);
      const names = new Map(certain);
      for (const made of unsynced.filter((_, at) => survives(at))) made(names);
      return new Map([...names].map(([name, file]) => [name, fileOf(file.certain)]));
    },
  };
};

const fileOf = (bytes: Buffer): File => ({ bytes, certain: bytes });

const turn = () => new Promise((resolve) => setImmediate(resolve));
