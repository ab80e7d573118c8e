import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { PipeWord } from '../shell/PipeState.tsx';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { pipeWords } from '../words/pipe.ts';
import { PublicUrlDialog } from './PublicUrlDialog.tsx';

const kindWords = {
  none: 'Local only',
  custom: 'Your own public URL',
  ngrok: 'ngrok',
} satisfies Record<AppState['tunnel']['kind'], string>;

export function PublicUrl({ app }: { app: AppState }) {
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
      {changing ? <PublicUrlDialog tunnel={tunnel} onClose={() => setChanging(false)} /> : null}
    </Card>
  );
}
