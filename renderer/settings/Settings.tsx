import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Preferences } from '../../shared/settings.ts';
import { whyNot } from '../problems.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import { WayIn } from '../way-in/WayIn.tsx';
import { Backup } from './Backup.tsx';
import { ExportHistory } from './ExportHistory.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { KeptFor } from './KeptFor.tsx';
import { NotificationPreview } from './NotificationPreview.tsx';
import styles from './Settings.module.css';

export function Settings({ app }: { app: AppState }) {
  const [failure, setFailure] = useState<string | null>(null);
  const { preferences, runtime, version, folder } = app;

  const change = (preference: Partial<Preferences>) => {
    setFailure(null);
    void whyNot(ask('changePreferences', preference)).then(setFailure);
  };

  return (
    <Page title="Settings">
      {failure === null ? null : (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
      <Section title="Appearance">
        <Card>
          <Line label="Theme">
            <Segments
              label="Theme"
              value={preferences.theme}
              onChange={(theme) => change({ theme })}
              choices={[
                { value: 'system', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </Line>
          <Line label="Rows of the timeline">
            <Segments
              label="Rows of the timeline"
              value={preferences.density}
              onChange={(density) => change({ density })}
              choices={[
                { value: 'comfortable', label: 'Comfortable' },
                { value: 'compact', label: 'Compact' },
              ]}
            />
          </Line>
        </Card>
      </Section>
      <Section title="Public way in">
        <WayIn app={app} />
      </Section>
      <Section title="Notifications">
        <Card>
          <Line
            label="What they say"
            hint="Others may see your screen, and it shows notifications when it is locked."
          >
            <Segments
              label="What notifications say"
              value={preferences.notificationDetail}
              onChange={(notificationDetail) => change({ notificationDetail })}
              choices={[
                { value: 'full', label: 'Everything' },
                { value: 'type-only', label: 'Only the kind' },
                { value: 'new-event', label: 'Only that it came' },
              ]}
            />
          </Line>
          <NotificationPreview level={preferences.notificationDetail} />
        </Card>
      </Section>
      <Section title="History">
        <Card>
          <KeptFor app={app} />
          <Line
            label="Export"
            hint="One line of JSON for each event, oldest first. Secrets and signatures are masked."
          >
            <ExportHistory app={app} format="jsonl" />
          </Line>
          <Line label="Export as a table" hint="For a spreadsheet, without headers and bodies.">
            <ExportHistory app={app} format="csv" />
          </Line>
          <ImportHistory app={app} />
          <Line label="Folder" hint={<span className={styles.path}>{folder}</span>}>
            <CopyButton
              label="Copy the folder's path"
              words="Copy path"
              copy={() => copy(folder)}
            />
          </Line>
        </Card>
      </Section>
      <Section title="Backup">
        <Backup />
      </Section>
      <Section title="About">
        <Card>
          <Line label="Hookbell">{version}</Line>
          <Line label="Runtime">
            Electron {runtime.electron} · Chromium {runtime.chrome} · Node {runtime.node}
          </Line>
          <Line label="Versions, for a bug report">
            <Button
              onClick={() =>
                void copy(
                  `Hookbell ${version}, Electron ${runtime.electron}, Chromium ${runtime.chrome}, Node ${runtime.node}`,
                )
              }
            >
              Copy
            </Button>
          </Line>
        </Card>
      </Section>
    </Page>
  );
}
