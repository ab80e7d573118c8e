import type { AppState } from '../../shared/app-state.ts';
import type { Page } from '../../shared/ipc.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { HeaderSearch } from '../search/HeaderSearch.tsx';
import { Ago } from '../ui/Ago.tsx';
import { number } from '../words.ts';
import styles from './Header.module.css';
import { PipeState } from './PipeState.tsx';
import { SendTest } from './SendTest.tsx';

type Props = { app: AppState | null; providers: ProviderInfo[]; onGo: (page: Page) => void };

/** One line: whether anything can arrive, when something last did, and what is unread. */
export function Header({ app, providers, onGo }: Props) {
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
          {app.unseen > 0 ? (
            <button type="button" className={styles.unseen} onClick={() => onGo('timeline')}>
              <span className={styles.dot} aria-hidden="true" />
              {number(app.unseen)} unread
            </button>
          ) : null}
          <HeaderSearch app={app} providers={providers} />
          <SendTest sources={app.sources} providers={providers} onGo={onGo} />
        </>
      ) : null}
    </header>
  );
}
