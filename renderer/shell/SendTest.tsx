import { Menu } from '@base-ui/react/menu';
import { FlaskConical, Plus, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Page } from '../../shared/ipc.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { answerWords, isAccepted } from '../words/answers.ts';
import styles from './Header.module.css';

type Props = { sources: Source[]; providers: ProviderInfo[]; onGo: (page: Page) => void };
type Answered = { words: string; failed: boolean };

const shownForMs = 6_000;

async function send(sourceId: string, simulation: string): Promise<Answered> {
  try {
    const [answer] = await ask('simulate', { what: 'delivery', sourceId, simulation });
    if (!answer) return { words: 'nothing was sent', failed: true };
    return { words: `Test sent: ${answerWords(answer)}`, failed: !isAccepted(answer) };
  } catch (error) {
    console.error(error);
    return { words: 'The test could not be sent', failed: true };
  }
}

/** Sends a simulated delivery; its answer is shown beside the button for a moment. */
export function SendTest({ sources, providers, onGo }: Props) {
  const [answered, setAnswered] = useState<Answered | null>(null);

  useEffect(() => {
    if (!answered) return;
    announce(answered.words);
    const timer = setTimeout(() => setAnswered(null), shownForMs);
    return () => clearTimeout(timer);
  }, [answered]);

  return (
    <>
      {answered ? (
        <span className={styles.answer} data-failed={answered.failed || undefined}>
          {answered.words}
        </span>
      ) : null}
      <Menu.Root modal={false}>
        <Menu.Trigger render={<Button small look="quiet" icon={<Send size={14} />} />}>
          <span className={styles.wide}>Send a test</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={popups.menu}>
              {sources.map((source) => {
                const [first] =
                  providers.find(({ id }) => id === source.provider)?.simulations ?? [];
                return first ? (
                  <Menu.Item
                    key={source.id}
                    className={popups.item}
                    onClick={() => void send(source.id, first.id).then(setAnswered)}
                  >
                    <ProviderMark provider={source.provider} providers={providers} size={18} />
                    <span className={popups.grow}>{source.name}</span>
                    <span className={popups.hint}>{first.label}</span>
                  </Menu.Item>
                ) : null;
              })}
              {sources.length === 0 ? (
                <Menu.Item className={popups.item} onClick={() => onGo('sources')}>
                  <Plus size={16} />
                  <span className={popups.grow}>Add a source first</span>
                </Menu.Item>
              ) : (
                <>
                  <Menu.Separator className={popups.separator} />
                  <Menu.Item className={popups.item} onClick={() => onGo('simulator')}>
                    <FlaskConical size={16} />
                    <span className={popups.grow}>More in the simulator</span>
                  </Menu.Item>
                </>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}
