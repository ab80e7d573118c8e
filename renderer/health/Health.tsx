import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { PipeWord } from '../shell/PipeState.tsx';
import { pipeWords } from '../shell/pipe-words.ts';
import { Ago } from '../ui/Ago.tsx';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { count, number } from '../words.ts';
import { Gaps } from './Gaps.tsx';
import { QuarantineList } from './QuarantineList.tsx';
import { TurnedAwayLines } from './TurnedAwayLines.tsx';
import { useQuarantine } from './use-quarantine.ts';

type Props = { app: AppState; providers: ProviderInfo[] };

const total = (sources: Source[], what: 'accepted' | 'rejected' | 'tests'): number =>
  sources.reduce((sum, source) => sum + source[what], 0);

/** ", 3 of them tests"; nothing where there are none. */
const ofThemTests = (tests: number): string =>
  tests > 0 ? `, ${number(tests)} of them tests` : '';

/** How many are kept, and how many were only counted. */
function QuarantineCounts({ app }: { app: AppState }) {
  if (app.quarantined + app.onlyCounted === 0) return null;
  return (
    <Card>
      <Line label="Rejected deliveries kept">
        {number(app.quarantined)}
        {ofThemTests(app.tests.quarantined)}
      </Line>
      {app.onlyCounted > 0 ? (
        <Line
          label="Only counted since the start"
          hint="More came than is kept. What looks most genuine is kept longest."
        >
          {number(app.onlyCounted)}
        </Line>
      ) : null}
    </Card>
  );
}

export function Health({ app, providers }: Props) {
  const { pipe, sources } = app;
  const quarantine = useQuarantine();
  const { meaning } = pipeWords(pipe);

  return (
    <Page title="Health" lead="Whether deliveries can arrive, what is kept, and what was refused.">
      <Section title="Way in">
        <Card>
          <Line label={<PipeWord pipe={pipe} />} hint={meaning}>
            {pipe.status === 'offline' ? (
              <span>
                <Ago at={pipe.since} form="lasting" />
              </span>
            ) : null}
          </Line>
          {pipe.status === 'degraded' && pipe.host !== null ? (
            <Line label="Public host">{pipe.host}</Line>
          ) : null}
          {'port' in pipe ? (
            <Line label="Receiver" hint="It listens on this computer only.">
              127.0.0.1:{pipe.port}
            </Line>
          ) : null}
          <Line label="Last event">
            {app.lastEventAt === null ? 'None yet' : <Ago at={app.lastEventAt} />}
          </Line>
        </Card>
      </Section>
      <Section title="History">
        <Card>
          <Line label="Events kept">
            {number(app.entries)}
            {ofThemTests(app.tests.entries)}
          </Line>
          <Line
            label="Deliveries so far"
            hint="To all sources that are set up. Repeats count as accepted; tests of your own are counted apart."
          >
            {count(total(sources, 'accepted'), 'delivery', 'deliveries')} accepted,{' '}
            {number(total(sources, 'rejected'))} rejected, {count(total(sources, 'tests'), 'test')}
          </Line>
        </Card>
      </Section>
      <Section
        title="Gaps"
        hint="When nothing could be received. What a provider sent in a gap may be lost."
      >
        <Gaps
          providers={providers.filter(({ id }) => sources.some((source) => source.provider === id))}
        />
      </Section>
      <Section
        title="Quarantine"
        hint="Deliveries that reached a source but were not believed. They are kept for seven days, never shown as events and never announced. When you correct a secret, they are checked again."
      >
        <QuarantineCounts app={app} />
        <QuarantineList
          {...quarantine}
          total={app.quarantined}
          sources={sources}
          providers={providers}
        />
      </Section>
      {app.turnedAway.length > 0 ? (
        <Section
          title="Other requests, refused"
          hint="Requests since the start that were no delivery to a source, or could not be taken. Nothing of them is kept."
        >
          <TurnedAwayLines turnedAway={app.turnedAway} />
        </Section>
      ) : null}
    </Page>
  );
}
