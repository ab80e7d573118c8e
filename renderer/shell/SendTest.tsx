import { Menu } from '@base-ui/react/menu';
import { FlaskConical, Send } from 'lucide-react';
import { useEffect } from 'react';
import type { Page } from '../../shared/ipc.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { openPlace } from '../navigation.ts';
import { useStore } from '../store.ts';
import { outcomeWords } from '../trial/steps.ts';
import { sendTest, sentTests, tryNow } from '../trial/trial.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import styles from './Header.module.css';

type Props = { sources: Source[]; providers: ProviderInfo[]; onGo: (page: Page) => void };

const shownForMs = 6_000;

/** Sends a simulated delivery; what came of it is shown beside the button for a moment. */
export function SendTest({ sources, providers, onGo }: Props) {
  const { trial } = useStore(sentTests.view);
  const words = trial && outcomeWords(trial);
  const isOver = trial?.at === 'refused' || trial?.at === 'decided' || trial?.at === 'clicked';

  useEffect(() => {
    if (!words || !isOver) return;
    announce(words);
    const timer = setTimeout(sentTests.close, shownForMs);
    return () => clearTimeout(timer);
  }, [words, isOver]);

  return (
    <>
      {trial ? (
        <span className={styles.answer} data-failed={trial.at === 'refused' || undefined}>
          {'seq' in trial ? <SeeIt seq={trial.seq} words={words ?? ''} /> : words}
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
                    onClick={() => sendTest(source.id)}
                  >
                    <ProviderMark provider={source.provider} providers={providers} size={18} />
                    <span className={popups.grow}>{source.name}</span>
                    <span className={popups.hint}>{first.label}</span>
                  </Menu.Item>
                ) : null;
              })}
              <Elsewhere hasSources={sources.length > 0} onGo={onGo} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}

const Elsewhere = ({ hasSources, onGo }: Pick<Props, 'onGo'> & { hasSources: boolean }) =>
  hasSources ? (
    <>
      <Menu.Separator className={popups.separator} />
      <Menu.Item className={popups.item} onClick={() => onGo('simulator')}>
        <FlaskConical size={16} />
        <span className={popups.grow}>More in the simulator</span>
      </Menu.Item>
    </>
  ) : (
    <Menu.Item
      className={popups.item}
      onClick={() => {
        onGo('timeline');
        tryNow();
      }}
    >
      <FlaskConical size={16} />
      <span className={popups.grow}>Try it now, without a source</span>
    </Menu.Item>
  );

const SeeIt = ({ seq, words }: { seq: number; words: string }) => (
  <Button small look="quiet" onClick={() => openPlace({ what: 'entry', seq })}>
    {words}
  </Button>
);
