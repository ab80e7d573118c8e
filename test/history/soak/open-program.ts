import { folderAt, openSmallLog, wholeSegments } from '../support/small-log.ts';

// Opens a long log and reads its first page, in a fresh process.
const [path = ''] = process.argv.slice(2);
const startedAt = performance.now();
const log = await openSmallLog(folderAt(path), wholeSegments);
const openMs = performance.now() - startedAt;
let shown = 0;
for await (const { seq } of log.newestFirst(null)) {
  if (seq > 0) shown += 1;
  if (shown === 200) break;
}
const pageMs = performance.now() - startedAt - openMs;
process.stdout.write(
  JSON.stringify({ openMs, pageMs, rssMiB: process.memoryUsage().rss / 2 ** 20 }),
);
await log.close();
