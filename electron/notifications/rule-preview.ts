import type { Rule, RuleDraft, RulePreview } from '../../shared/notification-rules.ts';
import { aboutsOf, isSameThing } from '../../shared/rule-for.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';
import type { AccountChange, Accounts } from '../insight/accounts.ts';
import { decide } from './policy.ts';

export type RulePreviewOptions = {
  readonly history: Pick<History, 'page'>;
  /** Accounts of which nothing is known yet. */
  readonly accounts: () => Pick<Accounts, 'apply'>;
  readonly rules: () => readonly Rule[];
  readonly sourceName: (sourceId: string) => string;
  /** Epoch ms. */
  readonly now: () => number;
};

/** For each of these rules: how often the events of the last week would have notified. Tests do not count. */
export type PreviewRules = (drafts: readonly RuleDraft[]) => Promise<RulePreview[]>;

const weekMs = 7 * 24 * 60 * 60 * 1000;
const entriesAtMost = 5_000;
/** Deliveries come first: the event loop runs after each slice. */
const slice = 250;

export const createRulePreview = (options: RulePreviewOptions): PreviewRules => {
  const { accounts, rules, sourceName } = options;

  const isTold = (entry: TimelineEntry, change: AccountChange, inForce: readonly Rule[]): boolean =>
    decide(entry, change, { rules: inForce, sourceName: sourceName(entry.sourceId) }).notify;

  return async (drafts) => {
    const candidates = drafts.map((draft) => candidateOf(draft, rules()));
    const current = rules();
    const { apply } = accounts();
    let told = 0;
    let done = 0;
    for (const entry of await entriesOfWeek(options)) {
      const change = apply(entry);
      done += 1;
      if (done % slice === 0) await new Promise(setImmediate);
      const isToldNow = isTold(entry, change, current);
      if (isToldNow) told += 1;
      const abouts = aboutsOf(entry);
      for (const one of candidates) {
        // A recovery also follows the rule about failures.
        const concerns =
          one.rule.about.what === 'kind' ||
          abouts.some((about) => isSameThing(about, one.rule.about));
        if (!concerns) continue;
        one.before += Number(isTold(entry, change, one.without)) - Number(isToldNow);
        one.after += Number(isTold(entry, change, one.with)) - Number(isToldNow);
      }
    }
    return candidates.map(({ before, after }) => ({ before: told + before, after: told + after }));
  };
};

const candidateOf = (draft: RuleDraft, rules: readonly Rule[]) => {
  const without = rules.filter(({ about }) => !isSameThing(about, draft.about));
  const rule: Rule = { id: 'preview', ...draft };
  // `before` and `after` are differences to what notifies now.
  return { rule, without, with: [...without, rule], before: 0, after: 0 };
};

/** Oldest first. */
const entriesOfWeek = async ({ history, now }: RulePreviewOptions): Promise<TimelineEntry[]> => {
  const since = now() - weekMs;
  const found: TimelineEntry[] = [];
  let looked = 0;
  let before: Parameters<History['page']>[0] = null;
  do {
    const page: Awaited<ReturnType<History['page']>> = await history.page(before);
    looked += page.entries.length;
    found.push(
      ...page.entries.filter(
        ({ receivedAt, simulated, importedAt }) =>
          receivedAt >= since && !simulated && importedAt === undefined,
      ),
    );
    const oldest = page.entries.at(-1);
    before = oldest && oldest.receivedAt < since ? null : page.before;
  } while (before !== null && looked < entriesAtMost);
  return found.reverse();
};
