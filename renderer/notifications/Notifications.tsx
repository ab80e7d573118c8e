import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { useNow } from '../clock.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import { holdWords, pauseChoices } from '../words/holds.ts';
import { whyNot } from '../words/problems.ts';
import type { Change } from './change.ts';
import { KindTable } from './KindTable.tsx';
import { NotificationPreview } from './NotificationPreview.tsx';
import styles from './Notifications.module.css';
import { QuietHoursEditor } from './QuietHoursEditor.tsx';
import { RuleList } from './RuleList.tsx';

/** What notifies, when, and how much of it is said. */
export function Notifications({ app }: { app: AppState }) {
  const [failure, setFailure] = useState<string | null>(null);
  const change: Change = async (made) => {
    setFailure(null);
    const why = await whyNot(made);
    setFailure(why);
    return why === null;
  };

  return (
    <Page title="Notifications" lead="Every event is kept, whether it notifies or not.">
      {failure === null ? null : (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
      <Section title="Now">
        <Card>
          <PauseLine hold={app.hold} onChange={change} />
        </Card>
      </Section>
      <Section title="Quiet hours">
        <QuietHoursEditor quietHours={app.quietHours} onChange={change} />
      </Section>
      <Section
        title="Your rules"
        hint="The rule of an account or a collection goes before that of its source, and that before the one of its kind. A mute also silences the message that it works again."
      >
        <RuleList rules={app.rules} sources={app.sources} onChange={change} />
      </Section>
      <Section title="What notifies">
        <KindTable rules={app.rules} onChange={change} />
      </Section>
      <Section title="What they say">
        <DetailLevels level={app.preferences.notificationDetail} onChange={change} />
      </Section>
    </Page>
  );
}

type PauseProps = Pick<AppState, 'hold'> & { onChange: Change };

function PauseLine({ hold, onChange }: PauseProps) {
  const now = useNow();
  const isPaused = hold?.why === 'paused';
  return (
    <Line
      label={hold ? holdWords(hold, now) : 'Notifications are on'}
      hint={
        hold?.admitsGrave
          ? 'Failures and NFTs sent or received notify all the same.'
          : hold
            ? 'What comes meanwhile is in the timeline.'
            : 'Pause them for a while:'
      }
    >
      {isPaused ? (
        <Button look="primary" onClick={() => void onChange(ask('resume', undefined))}>
          Resume
        </Button>
      ) : (
        pauseChoices.map(({ length, words }) => (
          <Button
            key={length}
            aria-label={`Pause ${words.toLowerCase().replace(' i ', ' I ')}`}
            onClick={() => void onChange(ask('pause', { until: length }))}
          >
            {words}
          </Button>
        ))
      )}
    </Line>
  );
}

type DetailProps = { level: AppState['preferences']['notificationDetail']; onChange: Change };

const DetailLevels = ({ level, onChange }: DetailProps) => (
  <Card>
    <Line
      label="How much"
      hint="Others may see your screen, and it shows notifications when it is locked."
    >
      <Segments
        label="What notifications say"
        value={level}
        onChange={(notificationDetail) =>
          void onChange(ask('changePreferences', { notificationDetail }))
        }
        choices={[
          { value: 'full', label: 'Everything' },
          { value: 'type-only', label: 'Only the kind' },
          { value: 'new-event', label: 'Only that it came' },
        ]}
      />
    </Line>
    <NotificationPreview level={level} />
  </Card>
);
