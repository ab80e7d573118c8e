import * as z from 'zod/mini';

const shapeOf = <Text extends z.ZodMiniType<string>>(text: Text) => ({
  none: z.object({ kind: z.literal('none') }),
  custom: z.object({ kind: z.literal('custom'), publicUrl: text }),
  ngrok: z.object({
    kind: z.literal('ngrok'),
    /** A bare host name; null: the account's dev domain. */
    domain: z.nullable(text),
    /** `host:port` of a custom ingress; null: ngrok's. */
    serverAddress: z.nullable(text),
    /** A PEM file with the CA of a custom ingress, or `host` for the system's store; null: the CA in ngrok's SDK. */
    rootCa: z.nullable(text),
    /** ngrok's edge answers 404 to requests for other paths. Absent in older settings. */
    closedAtEdge: z._default(z.boolean(), true),
  }),
});

const stored = shapeOf(z.string());

export const NgrokSettings = stored.ngrok;
export type NgrokSettings = z.infer<typeof NgrokSettings>;

/** The configured public URL. The vault holds ngrok's authtoken. */
export const TunnelSettings = z.discriminatedUnion('kind', [
  stored.none,
  stored.custom,
  stored.ngrok,
]);
export type TunnelSettings = z.infer<typeof TunnelSettings>;

/** The settings for the window, without the authtoken. */
export const TunnelView = z.discriminatedUnion('kind', [
  stored.none,
  stored.custom,
  z.extend(stored.ngrok, { hasAuthtoken: z.boolean() }),
]);
export type TunnelView = z.infer<typeof TunnelView>;

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(512));
const entered = shapeOf(text);

/** `authtoken` null: the stored one stays. */
export const TunnelChoice = z.discriminatedUnion('kind', [
  entered.none,
  entered.custom,
  z.extend(entered.ngrok, { authtoken: z.nullable(text) }),
]);
export type TunnelChoice = z.infer<typeof TunnelChoice>;
