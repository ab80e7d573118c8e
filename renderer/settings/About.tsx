import type { AppState } from '../../shared/app-state.ts';
import { OpenFolder } from '../open-folder/OpenFolder.tsx';
import { AppPlace } from '../outside/AppPlace.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import { Card, Line } from '../ui/Page.tsx';
import { Licenses } from './Licenses.tsx';
import { SaveDiagnostics } from './SaveDiagnostics.tsx';
import { Updates } from './Updates.tsx';

const asksForUpdates = (updates: AppState['updates']): boolean =>
  'checkedAt' in updates || (updates.status === 'ready' && updates.how === 'downloaded');

export function About({ app }: { app: AppState }) {
  const { version, runtime, updates } = app;
  const { electron, chrome, node } = runtime;
  const versions = `Hookbell ${version}, Electron ${electron}, Chromium ${chrome}, Node ${node}`;
  return (
    <Card>
      <Line label="Hookbell">
        {version}
        <CopyButton label="Copy all versions" copy={() => copy(versions)} />
      </Line>
      <Updates app={app} />
      <Line label="Runtime">
        Electron {electron} · Chromium {chrome} · Node {node}
      </Line>
      <Line
        label="Nothing is sent to anybody"
        hint={
          asksForUpdates(updates)
            ? 'No telemetry. The only requests are those through the way in that you choose, and the question for updates.'
            : 'No telemetry, and no request but through the way in that you choose.'
        }
      />
      <Line label="Documentation" hint="Opens in your browser.">
        <AppPlace at="docs" />
      </Line>
      <Line label="Licence" hint="MIT. The libraries in Hookbell have licences of their own.">
        <Licenses />
      </Line>
      <Line
        label="Diagnostics"
        hint="A text for a bug report: versions, counts, problems and the end of the log. No deliveries, names, URLs or secrets are in it. Read it before you send it."
      >
        <SaveDiagnostics />
      </Line>
      <Line
        label="Log"
        hint="It goes back further than the diagnostics, and names folders and hosts."
      >
        <OpenFolder which="log" />
      </Line>
    </Card>
  );
}
