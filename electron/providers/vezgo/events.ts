import * as z from 'zod/mini';
import { anything, cleanText, nested, opaqueId, rawText } from '../fields.ts';

const Named = z.object({ name: cleanText, display_name: cleanText, message: cleanText });

/** A provider or an error: text on the webhook's page, an object elsewhere in Vezgo's API. */
const named = z.transform(
  (value: unknown) =>
    Named.safeParse(typeof value === 'string' ? { name: value } : value).data ?? null,
);

/** https://vezgo.com/docs/webhooks. Any object parses. */
export const Hook = z.object({
  hook: rawText,
  user: nested(z.object({ id: opaqueId, loginName: cleanText })),
  account: nested(z.object({ id: opaqueId, provider: named })),
  error: named,
  /** Only Wealthica, the company's other product, sends one: https://wealthica.com/docs/webhooks */
  institution: anything,
});
export type Hook = z.infer<typeof Hook>;
