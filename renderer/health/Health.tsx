import type { AppState } from '../../shared/app-state.ts';
import { count, number } from '../../shared/english.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { PipeWord } from '../shell/PipeState.tsx';
import { SourceDays } from '../sources/SourceDays.tsx';
import { Ago } from '../ui/Ago.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { Card, Line, Page, Section } from '../ui/Page.tsx';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { hostOf, pipeWords } from '../words/pipe.ts';
import { ConditionLines } from './ConditionLines.tsx';
import { Gaps } from './Gaps.tsx';
import styles from './Health.module.css';
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
      {sources.length > 0 ? (
        <Section
          title="Sources"
          hint="What came to each source while Hookbell ran here. What is imported or removed later changes nothing."
        >
          <SourceLines sources={sources} providers={providers} />
        </Section>
      ) : null}
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

const SourceLines = ({ sources, providers }: { sources: Source[]; providers: ProviderInfo[] }) => (
  <ul className={`${lists.card} ${lists.divided}`}>
    {sources.map((source) => (
      <li key={source.id} className={styles.source}>
        <h3 className={styles.name}>
          <ProviderMark provider={source.provider} providers={providers} size={20} />
          <ExternalText text={source.name} />
        </h3>
        <SourceDays source={source} />
        {source.accepted + source.rejected + source.tests === 0 ? 'Nothing came yet' : null}
      </li>
    ))}
  </ul>
);

/** The host that providers reach, as far as it is known; null where none is chosen. */
function publicHost({ pipe, tunnel, urlProof }: AppState): string | null {
  if (tunnel.kind === 'none') return null;
  if ('url' in pipe && pipe.url !== null) return hostOf(pipe.url);
  if (tunnel.kind === 'custom') return hostOf(tunnel.publicUrl);
  return tunnel.domain ?? urlProof?.host ?? null;
}

const Proven = ({ proof }: { proof: AppState['urlProof'] }) =>
  proof ? (
    <>
      Proven <Ago at={proof.at} /> by {proof.by === 'probe' ? 'a probe' : 'a delivery'} that came
      through it.
    </>
  ) : (
    'Not proven since Hookbell started: nothing has come through it.'
  );

function PublicUrlState({ app }: { app: AppState }) {
  const { pipe, lastEventAt, urlProof } = app;
  const host = publicHost(app);
  return (
    <Card>
      <Line label={<PipeWord pipe={pipe} />} hint={pipeWords(pipe).meaning}>
        {pipe.status === 'offline' ? (
          <span>
            <Ago at={pipe.since} form="lasting" />
          </span>
        ) : null}
      </Line>
      {host === null ? null : (
        <Line
          label="Public host"
          hint={<Proven proof={urlProof?.host === host ? urlProof : null} />}
        >
          {host}
        </Line>
      )}
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
