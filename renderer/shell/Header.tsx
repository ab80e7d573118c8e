import type { AppState } from '../../shared/app-state.ts';
import { neededOnes } from '../../shared/conditions/conditions.ts';
import { number } from '../../shared/english.ts';
import type { Page } from '../../shared/ipc.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { showPalette } from '../navigation.ts';
import { HeaderSearch } from '../search/HeaderSearch.tsx';
import { Ago } from '../ui/Ago.tsx';
import { Button } from '../ui/Button.tsx';
import { keyFor } from '../ui/key-table.ts';
import styles from './Header.module.css';
import { PauseMenu } from './PauseMenu.tsx';
import { PipeState } from './PipeState.tsx';
import { SendTest } from './SendTest.tsx';

type Props = { app: AppState | null; providers: ProviderInfo[]; onGo: (page: Page) => void };

export function Header({ app, providers, onGo }: Props) {
  const needs = app ? neededOnes(app.conditions).length : 0;
  return (
    <header className={styles.header}>
      {app ? (
        <>
          <PipeState pipe={app.pipe} />
          <span className={styles.part} data-last>
            {app.lastEventAt === null ? (
              'no event yet'
            ) : (
              <>
                last event <Ago at={app.lastEventAt} />
              </>
            )}
          </span>
          <span className={styles.space} />
          {needs > 0 ? (
            <button
              type="button"
              className={styles.unseen}
              data-needs
              onClick={() => onGo('health')}
            >
              {number(needs)} {needs === 1 ? 'needs' : 'need'} you
            </button>
          ) : null}
          {app.unseen > 0 ? (
            <button type="button" className={styles.unseen} onClick={() => onGo('timeline')}>
              <span className={styles.dot} aria-hidden="true" />
              {number(app.unseen)} unread
            </button>
          ) : null}
          <PauseMenu hold={app.hold} onGo={onGo} />
          <HeaderSearch app={app} providers={providers} />
          <Button
            small
            look="quiet"
            aria-label={`Find a command: ${keyFor('palette')}`}
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => showPalette(true)}
          >
            <kbd className={styles.key}>{keyFor('palette')}</kbd>
          </Button>
          <SendTest sources={app.sources} providers={providers} onGo={onGo} />
        </>
      ) : null}
    </header>
  );
}
