import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect } from 'react';
import type { AppState } from '../shared/app-state.ts';
import type { Page } from '../shared/ipc.ts';
import type { ProviderInfo } from '../shared/source.ts';
import styles from './App.module.css';
import { Accounts } from './accounts/Accounts.tsx';
import { NeedsYou } from './conditions/NeedsYou.tsx';
import { Health } from './health/Health.tsx';
import { LoginQuestion } from './login-start/LoginQuestion.tsx';
import { goTo, navigationStore, showMap } from './navigation.ts';
import { Notifications } from './notifications/Notifications.tsx';
import { Palette } from './palette/Palette.tsx';
import { Runs } from './runs/Runs.tsx';
import { Settings } from './settings/Settings.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { Header } from './shell/Header.tsx';
import { KeyboardMap } from './shell/KeyboardMap.tsx';
import { Rail } from './shell/Rail.tsx';
import { UnknownEntry } from './shell/UnknownEntry.tsx';
import { useAnnouncements } from './shell/use-announcements.ts';
import { useWindowShortcuts } from './shell/use-window-shortcuts.ts';
import { Simulator } from './simulator/Simulator.tsx';
import { Sources } from './sources/Sources.tsx';
import { appStore } from './state.ts';
import { useStore } from './store.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { announcement } from './ui/announcer.ts';
import { Busy } from './ui/Busy.tsx';
import { Empty } from './ui/Empty.tsx';
import { useFocusNeverLost } from './ui/focus.ts';
import { VisuallyHidden } from './ui/VisuallyHidden.tsx';

export function App() {
  const { app, providers, silent } = useStore(appStore);
  const { page, map, palette, unknownEntry } = useStore(navigationStore);
  useWindowShortcuts();
  useFocusNeverLost(page);
  useAnnouncements(app, providers);

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
          <main className={styles.main} tabIndex={-1}>
            {app ? <NeedsYou app={app} /> : null}
            <div className={styles.page}>
              {app ? (
                <ErrorBoundary key={page}>
                  <Content page={page} app={app} providers={providers} />
                </ErrorBoundary>
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
            {unknownEntry ? <UnknownEntry /> : null}
            {app ? <LoginQuestion app={app} /> : null}
          </main>
          {app ? <Palette open={palette} app={app} providers={providers} page={page} /> : null}
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
    case 'accounts':
      return <Accounts app={app} providers={providers} />;
    case 'runs':
      return <Runs app={app} />;
    case 'sources':
      return <Sources app={app} providers={providers} />;
    case 'simulator':
      return <Simulator app={app} providers={providers} />;
    case 'notifications':
      return <Notifications app={app} />;
    case 'health':
      return <Health app={app} providers={providers} />;
    case 'settings':
      return <Settings app={app} />;
  }
}

const LiveRegion = () => (
  <VisuallyHidden>
    <span role="status" aria-live="polite">
      {useStore(announcement).words}
    </span>
  </VisuallyHidden>
);
