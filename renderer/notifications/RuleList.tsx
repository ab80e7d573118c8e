import { useEffect, useRef, useState } from 'react';
import { count, number, sentence } from '../../shared/english.ts';
import type { Rule, RulePreview } from '../../shared/notification-rules.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import { useFocusAfterRemoval } from '../ui/focus.ts';
import { Card, Line } from '../ui/Page.tsx';
import { aboutName, aboutSource, verdictWords } from '../words/rules.ts';
import type { Change } from './change.ts';

type Props = { rules: Rule[]; sources: Source[]; onChange: Change };

/** The person's rules, each with what it makes of the last week. */
export function RuleList({ rules, sources, onChange }: Props) {
  const previews = usePreviews(rules);
  const place = useRef<HTMLDivElement>(null);
  useFocusAfterRemoval(rules.length, place);

  return (
    <div ref={place} tabIndex={-1}>
      <Card>
        {rules.length === 0 ? (
          <Line
            label="None yet"
            hint="Open an event and choose Mute or Also tell me there, or choose a kind below."
          />
        ) : null}
        {rules.map((rule) => {
          const { id, about, says } = rule;
          const name = aboutName(about, sources);
          const source = aboutSource(about, sources);
          const preview = previews.get(id);
          return (
            <Line
              key={id}
              label={
                <>
                  {sentence(verdictWords[says])} {whatWords[about.what]} <CleanedText text={name} />
                </>
              }
              hint={
                <>
                  {source === null ? null : (
                    <>
                      <CleanedText text={source} />.{' '}
                    </>
                  )}
                  {preview ? previewWords(preview) : 'Counting the last 7 days'}
                </>
              }
            >
              <Button
                small
                aria-label={`Remove the rule for ${name}`}
                onClick={() => void onChange(ask('removeRule', { id }))}
              >
                Remove
              </Button>
            </Line>
          );
        })}
      </Card>
    </div>
  );
}

const whatWords = {
  account: 'the account',
  collection: 'the collection',
  source: 'the source',
  kind: 'the kind',
} satisfies Record<Rule['about']['what'], string>;

const previewWords = ({ before, after }: RulePreview): string =>
  before === after
    ? `The last 7 days would be the same: ${count(before, 'notification')}.`
    : `The last 7 days: ${count(before, 'notification')} without it, ${number(after)} with it.`;

/** Asked once for each set of rules. */
function usePreviews(rules: readonly Rule[]): ReadonlyMap<string, RulePreview> {
  const [previews, setPreviews] = useState<ReadonlyMap<string, RulePreview>>(new Map());
  const newest = useRef(rules);
  newest.current = rules;
  const key = rules.map(({ id }) => id).join(' ');
  useEffect(() => {
    let isCurrent = true;
    const asked = key === '' ? [] : newest.current;
    if (asked.length === 0) return;
    ask('previewRules', { rules: asked.map(({ about, says }) => ({ about, says })) })
      .then((found) => {
        if (!isCurrent) return;
        setPreviews(
          new Map(found.flatMap((one, at) => (asked[at] ? [[asked[at].id, one] as const] : []))),
        );
      })
      .catch(console.error);
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return previews;
}
