import type { ProviderInfo } from '../../shared/source.ts';
import { useToday } from '../clock.ts';
import { OpenFolder } from '../history-folder/OpenFolder.tsx';
import { useMissing } from '../missing-state.ts';
import { missingIn } from '../timeline/missing.ts';
import { Card, Line } from '../ui/Page.tsx';

const mostShown = 20;

/** The newest gaps and damaged parts, and what each provider that is set up does about a gap. */
export function Gaps({ providers }: { providers: ProviderInfo[] }) {
  const { gaps, damages } = useMissing();
  const today = useToday();
  const missing = missingIn(gaps, damages, today).slice(0, mostShown);

  return (
    <Card>
      {missing.length === 0 ? <Line label="None">Nothing is known to be missing.</Line> : null}
      {missing.map(({ from, words, damaged }) => (
        <Line key={`${from} ${words}`} label={words}>
          {damaged ? <OpenFolder /> : null}
        </Line>
      ))}
      {missing.length > 0
        ? providers.map(({ id, name, afterGap }) => <Line key={id} label={name} hint={afterGap} />)
        : null}
    </Card>
  );
}
