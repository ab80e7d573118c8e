import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Preferences } from '../../shared/settings.ts';
import { LoginStartLine } from '../login-start/LoginStartLine.tsx';
import { OpenFolder } from '../open-folder/OpenFolder.tsx';
import { PublicUrl } from '../public-url/PublicUrl.tsx';
import { ask } from '../state.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import { whyNot } from '../words/problems.ts';
import { About } from './About.tsx';
import { Backup } from './Backup.tsx';
import { ExportHistory } from './ExportHistory.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { RetentionSettings } from './RetentionSettings.tsx';
import styles from './Settings.module.css';

export function Settings({ app }: { app: AppState }) {
  const [failure, setFailure] = useState<string | null>(null);
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
        <Appearance preferences={app.preferences} onChange={change} />
      </Section>
      <Section title="Start">
        <Card>
          <LoginStartLine />
        </Card>
      </Section>
      <Section title="Public way in">
        <PublicUrl app={app} />
      </Section>
      <Section title="History">
        <History app={app} />
      </Section>
      <Section title="Backup">
        <Backup />
      </Section>
      <Section title="About">
        <About app={app} />
      </Section>
    </Page>
  );
}

type PreferenceProps = {
  preferences: Preferences;
  onChange: (preference: Partial<Preferences>) => void;
};

const Appearance = ({ preferences, onChange }: PreferenceProps) => (
  <Card>
    <Line label="Theme">
      <Segments
        label="Theme"
        value={preferences.theme}
        onChange={(theme) => onChange({ theme })}
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
        onChange={(density) => onChange({ density })}
        choices={[
          { value: 'comfortable', label: 'Comfortable' },
          { value: 'compact', label: 'Compact' },
        ]}
      />
    </Line>
  </Card>
);

const History = ({ app }: { app: AppState }) => (
  <Card>
    <RetentionSettings app={app} />
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
    <Line label="Folder" hint={<span className={styles.path}>{app.folder}</span>}>
      <OpenFolder />
      <CopyButton label="Copy path of the folder" words="Copy path" copy={() => copy(app.folder)} />
    </Line>
  </Card>
);
