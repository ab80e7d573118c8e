import type { AppState } from '../../shared/app-state.ts';
import { kindOf, openOnes } from '../../shared/conditions/conditions.ts';
import { useNow } from '../clock.ts';
import { nameIn, stateWords } from '../conditions/condition-words.ts';
import { Remedies } from '../conditions/Remedies.tsx';
import { SetAside } from '../conditions/SetAside.tsx';
import { ask } from '../state.ts';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import { Card, Line } from '../ui/Page.tsx';

/** All conditions with their states. The focus stays: a line leaves only when its condition ends. */
export function ConditionLines({ app: { conditions, sources } }: { app: AppState }) {
  const now = useNow();
  const nameOf = nameIn(sources);
  const aside = conditions.filter(({ state }) => state.status !== 'open');
  return (
    <Card>
      {conditions.length === 0 ? <Line label="Nothing">All is well.</Line> : null}
      {[...openOnes(conditions), ...aside].map((condition) => {
        const { id, reason, since, state } = condition;
        const { title, advice } = kindOf(reason).words(reason, nameOf);
        return (
          <Line
            key={id}
            label={<CleanedText text={title} />}
            hint={
              <>
                <CleanedText text={advice} /> · <Ago at={since} form="lasting" />
                {state.status === 'open' ? '' : `, ${stateWords(state, now)}`}
              </>
            }
          >
            <Remedies reason={reason} />
            {state.status === 'open' ? (
              <SetAside condition={condition} title={title} />
            ) : (
              <Button
                small
                look="quiet"
                aria-label={`Undo: ${title}`}
                onClick={() => void ask('reopenCondition', { id })}
              >
                Undo
              </Button>
            )}
          </Line>
        );
      })}
    </Card>
  );
}
