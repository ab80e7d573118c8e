import type { ProviderInfo } from '../../shared/source.ts';
import { useToday } from '../clock.ts';
import { useMissing } from '../missing-state.ts';
import { OpenFolder } from '../open-folder/OpenFolder.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { missingIn } from '../words/missing.ts';

const mostShown = 20;

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
