import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type ProvisionedSource, pathOf } from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';

const Fixture = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
const Index = z.object({
  deliveries: z.array(
    z.object({
      file: z.string(),
      provider: z.string(),
      event: z.string(),
      signed: z.boolean(),
      /** Where its data comes from; none is from a live account. */
      data: z.enum(['documented example', 'documented fields', 'made up']),
      /** When its signature was fresh, for a provider that signs the time. */
      verify_at: z.optional(z.string()),
    }),
  ),
});

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8'));

/** Every recorded delivery there is. */
export const fixtures = Index.parse(read('index.json')).deliveries;

/** What a recorded delivery was sent with. */
export const fixture = (file: string) => Fixture.parse(read(file));

/** A recorded delivery exactly as it was sent, on its way to a source. */
export const recorded = (file: string, to: ProvisionedSource): Sent => {
  const { headers, body } = fixture(file);
  return { path: pathOf(to), headers, body };
};

export const bodyOf = (file: string): string => fixture(file).body;
