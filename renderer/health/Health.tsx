import type { AppState } from '../../shared/app-state.ts';
import { count, number } from '../../shared/english.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { PipeWord } from '../shell/PipeState.tsx';
import { Ago } from '../ui/Ago.tsx';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { hostOf, pipeWords } from '../words/pipe.ts';
import { ConditionLines } from './ConditionLines.tsx';
import { Gaps } from './Gaps.tsx';
import { QuarantineList } from './QuarantineList.tsx';
import { RefusalLines } from './RefusalLines.tsx';
import { useQuarantine } from './use-quarantine.ts';

type Props = { app: AppState; providers: ProviderInfo[] };

const total = (sources: Source[], what: 'accepted' | 'rejected' | 'tests'): number =>
  sources.reduce((sum, source) => sum + source[what], 0);

/** ", 3 of them tests", or nothing. */
const ofThemTests = (tests: number): string =>
  tests > 0 ? `, ${number(tests)} of them tests` : '';

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
  const { sources } = app;
  const quarantine = useQuarantine();

  return (
    <Page title="Health" lead="Whether deliveries can arrive, what is kept, and what was refused.">
      <Section title="Way in">
        <PublicUrlState app={app} />
      </Section>
      <Section
        title="What needs you"
        hint="All that is still so, also what you snoozed or know. Each line leaves by itself when it is over."
      >
        <ConditionLines app={app} />
      </Section>
      <Section title="History">
        <Counts app={app} />
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
      {app.refusals.length > 0 ? (
        <Section
          title="Other requests, refused"
          hint="Requests since the start that were no delivery to a source, or could not be taken. Nothing of them is kept."
        >
          <RefusalLines refusals={app.refusals} />
        </Section>
      ) : null}
    </Page>
  );
}

function PublicUrlState({ app: { pipe, lastEventAt } }: { app: AppState }) {
  return (
    <Card>
      <Line label={<PipeWord pipe={pipe} />} hint={pipeWords(pipe).meaning}>
        {pipe.status === 'offline' ? (
          <span>
            <Ago at={pipe.since} form="lasting" />
          </span>
        ) : null}
      </Line>
      {pipe.status === 'degraded' && pipe.url !== null ? (
        <Line label="Public host">{hostOf(pipe.url)}</Line>
      ) : null}
      {'port' in pipe ? (
        <Line label="Receiver" hint="It listens on this computer only.">
          127.0.0.1:{pipe.port}
        </Line>
      ) : null}
      <Line label="Last event">{lastEventAt === null ? 'None yet' : <Ago at={lastEventAt} />}</Line>
    </Card>
  );
}

const Counts = ({ app: { entries, tests, sources } }: { app: AppState }) => (
  <Card>
    <Line label="Events kept">
      {number(entries)}
      {ofThemTests(tests.entries)}
    </Line>
    <Line
      label="Deliveries so far"
      hint="To all sources that are set up. Repeats count as accepted; tests of your own are counted apart."
    >
      {count(total(sources, 'accepted'), 'delivery', 'deliveries')} accepted,{' '}
      {number(total(sources, 'rejected'))} rejected, {count(total(sources, 'tests'), 'test')}
    </Line>
  </Card>
);
