import * as z from 'zod/mini';
import { Condition } from './condition.ts';
import { HoldView } from './hold.ts';
import { Rule } from './notification-rules.ts';
import { Pipe, UrlProof } from './pipe.ts';
import { QuietHours } from './quiet-hours.ts';
import { RefusalCount } from './refusals.ts';
import { SavedSearch } from './saved-search.ts';
import { Preferences, Retention } from './settings.ts';
import { Source } from './source.ts';
import { ImportResult, Transfer } from './transfer.ts';
import { TunnelView } from './tunnel.ts';
import { Updates } from './updates.ts';

/** The window's state, except the timeline. Pushed whole after each change. */
export const AppState = z.object({
  version: z.string(),
  pipe: Pipe,
  /** Of the public URL that was last seen to work since the start. */
  urlProof: z.nullable(UrlProof),
  /** Accounts and the newest entries have been read since the start. Until then the state is incomplete. */
  ready: z.boolean(),
  /** Gravest first, then newest; also those that are snoozed or acknowledged. At most 50 of a kind and source (E7b). */
  conditions: z.array(Condition),
  sources: z.array(Source),
  /** Epoch ms. */
  lastEventAt: z.nullable(z.int()),
  /** Counts up when accounts or runs may have changed: ask for them again. */
  insight: z.int(),
  entries: z.int(),
  /** Simulated deliveries among the entries and in quarantine. */
  tests: z.object({ entries: z.int(), quarantined: z.int() }),
  unseen: z.int(),
  quarantined: z.int(),
  /** Rejected since the start, without capacity in the quarantine. */
  onlyCounted: z.int(),
  /** Since the start, in a fixed order. */
  refusals: z.array(RefusalCount),
  preferences: Preferences,
  /** In the order in which the person saved them. */
  searches: z.array(SavedSearch),
  /** What holds notifications back now; null where nothing does. */
  hold: z.nullable(HoldView),
  quietHours: QuietHours,
  /** Oldest first. */
  rules: z.array(Rule),
  /** Null while no export or import runs. */
  transfer: z.nullable(Transfer),
  /** See `Imports.importable`. */
  importable: z.nullable(z.enum(['whole', 'rest'])),
  /** The result of the last import, until the person dismisses it. */
  lastImport: z.nullable(ImportResult),
  tunnel: TunnelView,
  updates: Updates,
  retention: Retention,
  /** The history's size, and when its oldest entry was received (epoch ms). */
  storage: z.object({ bytes: z.int(), oldestAt: z.nullable(z.int()) }),
  folder: z.string(),
  runtime: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
});
export type AppState = z.infer<typeof AppState>;
