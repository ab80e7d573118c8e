import { setAside } from '../../storage/set-aside.ts';
import type { Context } from './log-state.ts';
import { eventsIn, isSegmentFile, segmentFile, segmentFileName, segmentName } from './segments.ts';

/**
 * Writes a sealed segment, syncs the folder and reads the file back (H4). Each event is given as its JSON. Resolves with the size in bytes;
 * rejects with the system's error, or when the file is not whole.
 */
export async function writeSegment<R>(
  context: Context<R>,
  number: number,
  events: readonly Uint8Array[],
): Promise<number> {
  const { folder, at } = context;
  await at('segment:before');
  await clearTheWay(context, number, events);
  await at('segment:cleared');
  folder.store(segmentName(number)).write(segmentFile(number, events));
  await at('segment:written');
  await folder.sync();
  await at('segment:synced');
  const written = await folder.read(segmentFileName(number));
  // On a full disk electron-store can report success and leave a cut file.
  if (!written || !isSegmentFile(written, number, events.length)) {
    throw new Error(`${segmentFileName(number)} was not written whole`);
  }
  await at('segment:read');
  return written.byteLength;
}

/**
 * A killed seal, a full disk or an older Hookbell may have left a file that holds nothing beside the journal. A file that holds something
 * else belongs to another writer, and is never overwritten (H18).
 */
async function clearTheWay<R>(
  { folder, report }: Context<R>,
  number: number,
  events: readonly Uint8Array[],
): Promise<void> {
  const file = segmentFileName(number);
  const found = await folder.read(file).catch(() => undefined);
  if (found === null) return;
  if (found && holdsOnly(found, events)) {
    await folder.remove(file).catch(() => {});
    return;
  }
  if (!(await setAside(folder, file))) throw new Error(`${file} cannot be set aside`);
  report(`${file} held entries that its journal does not, and was set aside`);
}

/** Whether a segment's file holds no other events than these; a damaged one holds none. */
const holdsOnly = (file: Uint8Array, events: readonly Uint8Array[]): boolean => {
  const known = new Set(events.map((event) => Buffer.from(event).toString('utf8')));
  try {
    return eventsIn(file).every((event) => known.has(JSON.stringify(event)));
  } catch {
    return true;
  }
};
