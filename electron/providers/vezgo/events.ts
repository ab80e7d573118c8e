import * as z from 'zod/mini';
import { anything, nested, opaqueId, rawText, text } from '../fields.ts';

const Named = z.object({ name: text, display_name: text, message: text });

/** A provider or an error: a text in the webhook's page, an object elsewhere in Vezgo's API, so either is read. */
const named = z.transform(
  (value: unknown) =>
    Named.safeParse(typeof value === 'string' ? { name: value } : value).data ?? null,
);

/** What every delivery holds: https://vezgo.com/docs/webhooks. Any object parses. */
export const Hook = z.object({
  hook: rawText,
  user: nested(z.object({ id: opaqueId, loginName: text })),
  account: nested(z.object({ id: opaqueId, provider: named })),
  error: named,
  /** Only deliveries of Wealthica have one, the same company's other product: https://wealthica.com/docs/webhooks */
  institution: anything,
});
export type Hook = z.infer<typeof Hook>;
