import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo } from '../../shared/source.ts';
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
          <Line label="Events kept">{number(app.entries)}</Line>
          <Line label="Since the start" hint="Of all sources together.">
            {count(
              sources.reduce((sum, { accepted }) => sum + accepted, 0),
              'delivery',
              'deliveries',
            )}{' '}
            accepted, {number(sources.reduce((sum, { rejected }) => sum + rejected, 0))} rejected
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
        <QuarantineList
          {...quarantine}
          total={app.quarantined}
          sources={sources}
          providers={providers}
        />
      </Section>
      {app.turnedAway.length > 0 ? (
        <Section
          title="Turned away at the door"
          hint="Requests since the start that were no delivery to a source, or could not be taken. Nothing of them is kept."
        >
          <TurnedAwayLines turnedAway={app.turnedAway} />
        </Section>
      ) : null}
    </Page>
  );
}
