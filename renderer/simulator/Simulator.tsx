import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { SimulationRequest, Story } from '../../shared/simulation.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { goTo } from '../navigation.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Page, Section } from '../ui/Page.tsx';
import { answerWords } from './answer-words.ts';
import styles from './Simulator.module.css';
import { SourceSimulations } from './SourceSimulations.tsx';
import { StoryList } from './StoryList.tsx';
import { keyOf, type Told } from './told.ts';

type Props = { app: AppState; providers: ProviderInfo[] };

export function Simulator({ app: { sources }, providers }: Props) {
  const [stories, setStories] = useState<Story[]>([]);
  const [told, setTold] = useState<ReadonlyMap<string, Told>>(new Map());

  useEffect(() => {
    let current = true;
    ask('stories', undefined)
      .then((all) => current && setStories(all))
      .catch(console.error);
    return () => {
      current = false;
    };
  }, []);

  const run = async (request: SimulationRequest) => {
    const tell = (answer: Told) => setTold((all) => new Map(all).set(keyOf(request), answer));
    tell('busy');
    try {
      const answers = await ask('simulate', request);
      tell(answers);
      const [first] = answers;
      if (answers.length === 1 && first) announce(answerWords(first));
      else announce(`${answers.length} deliveries sent`);
    } catch (error) {
      console.error(error);
      tell('failed');
    }
  };

  return (
    <Page
      title="Simulator"
      lead="Sends genuine deliveries to your own receiver: signed with the source's secret, over HTTP. Their events are marked Simulated."
    >
      {sources.length === 0 ? (
        <div className={styles.none}>
          <Empty icon={<FlaskConical size={24} />} title="There is no source to send as">
            <Button look="primary" onClick={() => goTo('sources')}>
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
                told={told}
                onRun={(request) => void run(request)}
              />
            </Section>
          )}
          <Section title="Single deliveries">
            {sources.map((source) => (
              <SourceSimulations
                key={source.id}
                source={source}
                providers={providers}
                told={told}
                onRun={(request) => void run(request)}
              />
            ))}
          </Section>
        </>
      )}
    </Page>
  );
}
