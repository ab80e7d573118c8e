import { RefreshCw, RotateCw } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import { ask } from '../state.ts';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { Line } from '../ui/Page.tsx';
import { updateWords } from '../words/updates.ts';

type Props = { app: Pick<AppState, 'updates' | 'version'> };

/** How updates stand, and what a person can do about it. */
export function Updates({ app: { updates, version } }: Props) {
  const checkedAt = 'checkedAt' in updates ? updates.checkedAt : null;
  const isReady = updates.status === 'ready';
  const hasAction = 'checkedAt' in updates || (isReady && updates.version !== null);
  const isUnderWay = updates.status === 'checking' || updates.status === 'downloading';
  return (
    <Line
      label="Updates"
      hint={
        <>
          {updateWords(updates, version)}
          {checkedAt === null ? null : (
            <>
              {' '}
              Last checked <Ago at={checkedAt} />.
            </>
          )}
        </>
      }
    >
      {/* One button for both, so that the focus stays. */}
      {hasAction ? (
        <Button
          icon={isReady ? <RotateCw size={16} /> : <RefreshCw size={16} />}
          disabled={isUnderWay}
          onClick={() => void ask(isReady ? 'restartToUpdate' : 'checkForUpdates', undefined)}
        >
          {isReady ? 'Restart' : 'Check now'}
        </Button>
      ) : null}
    </Line>
  );
}
