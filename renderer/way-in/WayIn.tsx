import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { PipeWord } from '../shell/PipeState.tsx';
import { pipeWords } from '../shell/pipe-words.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { WayInDialog } from './WayInDialog.tsx';

const kindWords = {
  none: 'Local only',
  custom: 'Your own public URL',
  ngrok: 'ngrok',
} satisfies Record<AppState['tunnel']['kind'], string>;

/** The public way in: what is chosen, how it does, and where it is changed. */
export function WayIn({ app }: { app: AppState }) {
  const [changing, setChanging] = useState(false);
  const { tunnel, pipe } = app;
  const { place, meaning } = pipeWords(pipe);

  return (
    <Card>
      <Line label={kindWords[tunnel.kind]} hint={place === '' ? undefined : place}>
        <Button onClick={() => setChanging(true)}>
          {tunnel.kind === 'none' ? 'Set up' : 'Change'}
        </Button>
      </Line>
      <Line label={<PipeWord pipe={pipe} />} hint={meaning}>
        {tunnel.kind !== 'none' && pipe.status !== 'receiving' ? (
          <Button onClick={() => void ask('retryTunnel', undefined)}>Try again</Button>
        ) : null}
      </Line>
      <Dialog.Root open={changing} onOpenChange={setChanging} disablePointerDismissal>
        {changing ? <WayInDialog tunnel={tunnel} onClose={() => setChanging(false)} /> : null}
      </Dialog.Root>
    </Card>
  );
}
