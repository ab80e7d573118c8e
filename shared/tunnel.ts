import * as z from 'zod/mini';

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(512));

/** The public way in as a person chooses it. */
export const TunnelChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('custom'), publicUrl: text }),
  z.object({
    kind: z.literal('ngrok'),
    /** Null: the one that is set. */
    authtoken: z.nullable(text),
    /** Null: the domain that the account has. */
    domain: z.nullable(text),
    /** Null: ngrok's own; else `host:port` of a custom ingress. */
    serverAddress: z.nullable(text),
    /** A file with the CA of a custom ingress. */
    rootCa: z.nullable(text),
    closedAtEdge: z.boolean(),
  }),
]);
export type TunnelChoice = z.infer<typeof TunnelChoice>;

/** What the window knows of the choice: the authtoken only as set or not. */
export const TunnelView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('custom'), publicUrl: z.string() }),
  z.object({
    kind: z.literal('ngrok'),
    hasAuthtoken: z.boolean(),
    domain: z.nullable(z.string()),
    serverAddress: z.nullable(z.string()),
    rootCa: z.nullable(z.string()),
    closedAtEdge: z.boolean(),
  }),
]);
export type TunnelView = z.infer<typeof TunnelView>;
