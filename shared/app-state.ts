import * as z from 'zod/mini';
import { Problem } from './problem.ts';
import { Preferences, Retention } from './settings.ts';
import { Source } from './source.ts';

/** The state of the pipe, as the header line and the tray tell it. */
export const Pipe = z.discriminatedUnion('status', [
  z.object({ status: z.literal('connecting') }),
  /** No public way in was asked for. */
  z.object({ status: z.literal('local-only'), port: z.int() }),
  /** The person's own public URL; nobody has checked it from outside. */
  z.object({ status: z.literal('degraded'), port: z.int(), host: z.string() }),
  z.object({ status: z.literal('offline'), since: z.int() }),
]);
export type Pipe = z.infer<typeof Pipe>;

/** All the window shows beside the timeline itself; pushed whole whenever a part of it changes. */
export const AppState = z.object({
  version: z.string(),
  pipe: Pipe,
  /** Newest first by weight: what needs the person. */
  problems: z.array(Problem),
  sources: z.array(Source),
  /** Epoch ms. */
  lastEventAt: z.nullable(z.int()),
  entries: z.int(),
  unseen: z.int(),
  quarantined: z.int(),
  preferences: Preferences,
  retention: Retention,
  /** What the history takes up, in bytes, and when its oldest entry came (epoch ms). */
  storage: z.object({ bytes: z.int(), oldestAt: z.nullable(z.int()) }),
  /** Where the history and settings are kept. */
  folder: z.string(),
  runtime: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
});
export type AppState = z.infer<typeof AppState>;
