import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect } from 'react';
import type { AppState } from '../shared/app-state.ts';
import type { Page } from '../shared/ipc.ts';
import type { ProviderInfo } from '../shared/source.ts';
import styles from './App.module.css';
import { Health } from './health/Health.tsx';
import { goTo, openPlace, placeStore, showMap } from './navigation.ts';
import { Settings } from './settings/Settings.tsx';
import { Header } from './shell/Header.tsx';
import { KeyboardMap } from './shell/KeyboardMap.tsx';
import { NeedsYou } from './shell/NeedsYou.tsx';
import { Rail } from './shell/Rail.tsx';
import { Safely } from './shell/Safely.tsx';
import { useNews } from './shell/use-news.ts';
import { usePageKeys } from './shell/use-page-keys.ts';
import { Simulator } from './simulator/Simulator.tsx';
import { Sources } from './sources/Sources.tsx';
import { appStore, ask } from './state.ts';
import { useStore } from './store.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { announcement } from './ui/announcer.ts';
import { Busy } from './ui/Busy.tsx';
import { Empty } from './ui/Empty.tsx';
import { Spoken } from './ui/Spoken.tsx';

export function App() {
  const { app, providers, silent } = useStore(appStore);
  const { page, map } = useStore(placeStore);
  usePageKeys();
  useNews(app, providers);

  const theme = app?.preferences.theme ?? 'system';
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <div className={styles.window}>
          <Header app={app} providers={providers} onGo={goTo} />
          <Rail page={page} onGo={goTo} onMap={() => showMap(true)} />
          <main className={styles.main}>
            {app && app.problems.length > 0 ? (
              <NeedsYou
                problems={app.problems}
                sources={app.sources}
                onOpen={openPlace}
                onRaiseShare={(id) => void ask('raiseShare', { id })}
                onAcceptHost={(host) => void ask('acceptHost', { host })}
                onDismiss={(code) => void ask('dismissProblem', { code })}
              />
            ) : null}
            <div className={styles.page}>
              {app ? (
                <Safely key={page}>
                  <Content page={page} app={app} providers={providers} />
                </Safely>
              ) : silent ? (
                <Empty title="Hookbell does not answer its window">
                  <p>
                    Deliveries may still arrive. Quit Hookbell from the tray and start it again.
                  </p>
                </Empty>
              ) : (
                <Busy words="Opening" />
              )}
            </div>
          </main>
          <KeyboardMap open={map} onClose={() => showMap(false)} />
          <LiveRegion />
        </div>
      </Tooltip.Provider>
    </CSPProvider>
  );
}

type ContentProps = { page: Page; app: AppState; providers: ProviderInfo[] };

function Content({ page, app, providers }: ContentProps) {
  switch (page) {
    case 'timeline':
      return <Timeline app={app} providers={providers} />;
    case 'sources':
      return <Sources app={app} providers={providers} />;
    case 'simulator':
      return <Simulator app={app} providers={providers} />;
    case 'health':
      return <Health app={app} providers={providers} />;
    case 'settings':
      return <Settings app={app} />;
  }
}

const LiveRegion = () => (
  <Spoken>
    <span role="status" aria-live="polite">
      {useStore(announcement).words}
    </span>
  </Spoken>
);
