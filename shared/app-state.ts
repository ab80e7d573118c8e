import * as z from 'zod/mini';
import { Pipe } from './pipe.ts';
import { Problem } from './problem.ts';
import { Preferences, Retention } from './settings.ts';
import { Source } from './source.ts';
import { ImportResult, Transfer } from './transfer.ts';
import { TunnelView } from './tunnel.ts';
import { TurnedAway } from './turned-away.ts';

/** All the window shows beside the timeline itself; pushed whole whenever a part of it changes. */
export const AppState = z.object({
  version: z.string(),
  pipe: Pipe,
  /** Whether accounts and the newest entries have been read since the start; until then there may be more than is told here. */
  restored: z.boolean(),
  /** Newest first by weight: what needs the person. */
  problems: z.array(Problem),
  sources: z.array(Source),
  /** Epoch ms. */
  lastEventAt: z.nullable(z.int()),
  entries: z.int(),
  /** How many of the entries, and of those in quarantine, are tests of our own. */
  tests: z.object({ entries: z.int(), quarantined: z.int() }),
  unseen: z.int(),
  quarantined: z.int(),
  /** Deliveries rejected since the start that are only counted: too many came at once, or what looks more genuine is kept. */
  onlyCounted: z.int(),
  /** Each reason there was since the app started, always in the same order. */
  turnedAway: z.array(TurnedAway),
  preferences: Preferences,
  /** Null while nothing goes to or comes from a file. */
  transfer: z.nullable(Transfer),
  /** What the history has room for of an export: a whole one, the rest of the one whose reading was begun, or nothing. */
  importable: z.nullable(z.enum(['whole', 'rest'])),
  /** What became of the last import, until the person has read it. */
  lastImport: z.nullable(ImportResult),
  tunnel: TunnelView,
  retention: Retention,
  /** What the history takes up, in bytes, and when its oldest entry came (epoch ms). */
  storage: z.object({ bytes: z.int(), oldestAt: z.nullable(z.int()) }),
  /** Where the history and settings are kept. */
  folder: z.string(),
  runtime: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
});
export type AppState = z.infer<typeof AppState>;
