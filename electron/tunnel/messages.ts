import * as z from 'zod/mini';

/** All that one connection to ngrok needs. */
export const Dial = z.object({
  authtoken: z.string(),
  /** A bare host name; null: the account's own dev domain. */
  domain: z.nullable(z.string()),
  /** `host:port` of a custom ingress; null: ngrok's own. */
  serverAddress: z.nullable(z.string()),
  /** A PEM file, or `host` for the system's store; null: ngrok's own authority, built into the SDK. */
  rootCa: z.nullable(z.string()),
  /** Where deliveries go, such as `http://127.0.0.1:4747`. */
  forwardTo: z.string(),
  /** Added to every request by ngrok. */
  requestHeaders: z.array(z.tuple([z.string(), z.string()])),
  /** JSON; null for none. */
  trafficPolicy: z.nullable(z.string()),
});
export type Dial = z.infer<typeof Dial>;

/** What main tells the tunnel process. One process makes one connection. */
export const Order = z.discriminatedUnion('what', [
  z.object({ what: z.literal('dial'), dial: Dial }),
  /** Take the endpoint offline and end. */
  z.object({ what: z.literal('close') }),
]);
export type Order = z.infer<typeof Order>;

/** What the tunnel process tells main. */
export const Said = z.discriminatedUnion('what', [
  z.object({ what: z.literal('bound'), url: z.url() }),
  /** Null: none came back in time. */
  z.object({ what: z.literal('heartbeat'), ms: z.nullable(z.number()) }),
  /** The connection is lost; the SDK is about to dial again. */
  z.object({ what: z.literal('disconnected'), text: z.string() }),
  z.object({ what: z.literal('failed'), code: z.nullable(z.string()), text: z.string() }),
  /** The endpoint was taken offline from outside. */
  z.object({ what: z.literal('closed'), code: z.nullable(z.string()), text: z.string() }),
]);
export type Said = z.infer<typeof Said>;

/** How often the SDK asks for a sign of life, and how long it waits for one, in seconds. */
export const heartbeat = { intervalSeconds: 5, toleranceSeconds: 5 } as const;
