import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { SimulatedAnswer, SimulationRequest, Story } from '../../shared/simulation.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { addSource } from '../navigation.ts';
import { ask } from '../state.ts';
import { sentTests } from '../trial/trial.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import lists from '../ui/Lists.module.css';
import { Page, Section } from '../ui/Page.tsx';
import { requestKey, type SimulationOutcome } from './outcome.ts';
import { SourceSimulations } from './SourceSimulations.tsx';
import { StoryList } from './StoryList.tsx';

type Props = { app: AppState; providers: ProviderInfo[] };

export function Simulator({ app: { sources }, providers }: Props) {
  const stories = useStories();
  const [outcomes, run] = useSimulations();
  const onRun = (request: SimulationRequest) => void run(request);

  return (
    <Page
      title="Simulator"
      lead="Sends genuine deliveries to your own receiver: signed with the source's secret, over HTTP. Their events are marked Simulated."
    >
      {sources.length === 0 ? (
        <div className={lists.card}>
          <Empty icon={<FlaskConical size={24} />} title="There is no source to send as">
            <Button look="primary" onClick={addSource}>
              Add a source
            </Button>
          </Empty>
        </div>
      ) : (
        <>
          {stories.length === 0 ? null : (
            <Section title="Stories" hint="Several deliveries, one after the other.">
              <StoryList
                stories={stories}
                sources={sources}
                providers={providers}
                outcomes={outcomes}
                onRun={onRun}
              />
            </Section>
          )}
          <Section title="Single deliveries">
            {sources.map((source) => (
              <SourceSimulations
                key={source.id}
                source={source}
                providers={providers}
                outcomes={outcomes}
                onRun={onRun}
              />
            ))}
          </Section>
        </>
      )}
    </Page>
  );
}

function useStories(): Story[] {
  const [stories, setStories] = useState<Story[]>([]);
  useEffect(() => {
    let current = true;
    ask('stories', undefined)
      .then((all) => current && setStories(all))
      .catch(console.error);
    return () => {
      current = false;
    };
  }, []);
  return stories;
}

/** Of a single delivery, the header also says whether it was announced, and why not. */
async function simulated(request: SimulationRequest): Promise<SimulatedAnswer[]> {
  const sent = ask('simulate', request);
  if (request.what === 'delivery')
    await sentTests.start(request.sourceId, async () => (await sent)[0] ?? null);
  return sent;
}

type Outcomes = ReadonlyMap<string, SimulationOutcome>;

/** The outcomes so far by `requestKey`, and how to run a simulation. */
function useSimulations(): [Outcomes, (request: SimulationRequest) => Promise<void>] {
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const run = async (request: SimulationRequest) => {
    const setOutcome = (outcome: SimulationOutcome) =>
      setOutcomes((all) => new Map(all).set(requestKey(request), outcome));
    setOutcome('busy');
    try {
      const answers = await simulated(request);
      setOutcome(answers);
      if (request.what === 'story') announce(`${answers.length} deliveries sent`);
    } catch (error) {
      console.error(error);
      setOutcome('failed');
    }
  };
  return [outcomes, run];
}
