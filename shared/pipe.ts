import * as z from 'zod/mini';

/** What happened and what to do next, in words for people. */
export const Words = z.object({ title: z.string(), remedy: z.string() });
export type Words = z.infer<typeof Words>;

/** The state of the pipe, as the header line and the tray tell it. Instants are epoch ms. */
export const Pipe = z.discriminatedUnion('status', [
  /** The receiver starts, or the public way in is being opened or checked. */
  z.object({ status: z.literal('connecting'), host: z.nullable(z.string()) }),
  /** A probe came back through the public URL. */
  z.object({
    status: z.literal('receiving'),
    port: z.int(),
    host: z.string(),
    checkedAt: z.number(),
  }),
  /** No public way in was asked for. */
  z.object({ status: z.literal('local-only'), port: z.int() }),
  /** It may work, or may not any more. `host`: of the public way in; null where none was asked for. */
  z.object({
    status: z.literal('degraded'),
    port: z.int(),
    host: z.nullable(z.string()),
    since: z.number(),
    why: Words,
  }),
  /** Nothing gets in. `retryAt`: when it is tried again by itself; null when it waits for a person. */
  z.object({
    status: z.literal('offline'),
    since: z.number(),
    why: Words,
    retryAt: z.nullable(z.number()),
  }),
]);
export type Pipe = z.infer<typeof Pipe>;
