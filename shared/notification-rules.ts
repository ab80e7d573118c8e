import * as z from 'zod/mini';
import { eventKinds } from './kinds.ts';

const id = z.string().check(z.minLength(1), z.maxLength(512));
/** Cleaned text of a provider. */
const name = z.string().check(z.maxLength(200));

export const RuleAbout = z.discriminatedUnion('what', [
  z.object({ what: z.literal('account'), sourceId: id, accountId: id, name }),
  z.object({ what: z.literal('collection'), sourceId: id, collectionId: id, name }),
  z.object({ what: z.literal('source'), sourceId: id }),
  z.object({ what: z.literal('kind'), kind: z.enum(eventKinds) }),
]);
export type RuleAbout = z.infer<typeof RuleAbout>;

/** `mute`: nothing of it notifies. `announce`: what is silent by default notifies too. */
export const RuleDraft = z.object({ about: RuleAbout, says: z.enum(['mute', 'announce']) });
export type RuleDraft = z.infer<typeof RuleDraft>;

/** The person's own rule for notifications. `ruleFor` says which one decides. */
export const Rule = z.object({ id, ...RuleDraft.shape });
export type Rule = z.infer<typeof Rule>;

export const rulesAtMost = 200;

/** How often the events of the last seven days would have notified, without a rule and with it. */
export const RulePreview = z.object({ before: z.int(), after: z.int() });
export type RulePreview = z.infer<typeof RulePreview>;
