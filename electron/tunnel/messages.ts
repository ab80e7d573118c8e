import * as z from 'zod/mini';
import { NgrokSettings } from '../../shared/tunnel.ts';

/**
 * The messages between main and the agent, which may be of different versions: after an upgrade of the installed files, the running main
 * starts the new version's agent. So each understands the other across one version. A change keeps to this:
 *
 * - Both sides ignore fields and messages that they do not know. None of these schemas is strict.
 * - A field is added with a default that the version before means by leaving it out. No field is removed or renamed, and none changes its meaning.
 * - An event or a command is added only where the other side does without it: a `dial` ends in `bound` or `failed`, as ever.
 * - `protocol` grows with each change, and the messages of the new one join `test/fixtures/tunnel-protocol/`, which holds those of each.
 */
export const protocol = 1;

/** What one connection to ngrok is opened with. */
export const DialOptions = z.extend(
  z.pick(NgrokSettings, { domain: true, serverAddress: true, rootCa: true }),
  {
    authtoken: z.string(),
    /** The local port that deliveries go to. */
    port: z.int(),
    /** Added to every request by ngrok. */
    requestHeaders: z.array(z.tuple([z.string(), z.string()])),
    /** JSON; null for none. */
    trafficPolicy: z.nullable(z.string()),
  },
);
export type DialOptions = z.infer<typeof DialOptions>;

/** What main tells the agent, the tunnel process. One process makes one connection. */
export const AgentCommand = z.discriminatedUnion('what', [
  /** `protocol`: the one that main speaks. */
  z.object({
    what: z.literal('dial'),
    protocol: z._default(z.int(), 1),
    options: DialOptions,
  }),
  z.object({ what: z.literal('close') }),
]);
export type AgentCommand = z.infer<typeof AgentCommand>;

export const AgentEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('bound'), url: z.url() }),
  /** ngrok answered a heartbeat. */
  z.object({ what: z.literal('heartbeat') }),
  /** ngrok did not answer a heartbeat in time. */
  z.object({ what: z.literal('heartbeat-missed') }),
  /** The connection is lost; the SDK is about to dial again. */
  z.object({ what: z.literal('disconnected'), text: z.string() }),
  z.object({ what: z.literal('failed'), code: z.nullable(z.string()), text: z.string() }),
  /** The endpoint was taken offline from outside. */
  z.object({ what: z.literal('closed'), code: z.nullable(z.string()), text: z.string() }),
]);
export type AgentEvent = z.infer<typeof AgentEvent>;

/** How often the SDK sends a heartbeat, and how long it waits for the answer, in seconds. */
export const heartbeat = { intervalSeconds: 5, toleranceSeconds: 5 } as const;
