import { DoorOpen } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Source } from '../../shared/source.ts';
import { appStore, ask } from '../state.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import styles from './EndpointUrl.module.css';
import { PublicUrlDialog } from './PublicUrlDialog.tsx';

type Props = { source: Source; primary?: boolean };

/** The masked URL of a source. Only one that was seen to work from outside can be pasted into a portal; until then a way in comes first. */
export function EndpointUrl({ source, primary = false }: Props) {
  const { app } = useStore(appStore);
  if (!app) return null;
  const isProven = app.pipe.status === 'receiving';
  const words = copyWords(app);
  return (
    <div className={styles.endpoint}>
      <code>{source.maskedEndpoint}</code>
      {isProven ? null : <OpenWayIn app={app} primary={primary} />}
      <CopyButton
        label={`${words} of ${source.name}`}
        words={words}
        look={isProven ? (primary ? 'primary' : 'plain') : 'quiet'}
        copy={() => ask('copyEndpoint', { id: source.id })}
      />
    </div>
  );
}

function copyWords({ pipe, tunnel }: AppState): string {
  if (pipe.status === 'receiving') return 'Copy URL';
  return tunnel.kind === 'none' ? 'Copy local URL' : 'Copy unproven URL';
}

function OpenWayIn({ app: { tunnel }, primary }: { app: AppState; primary: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        icon={<DoorOpen size={16} />}
        look={primary ? 'primary' : 'plain'}
        onClick={() => setIsOpen(true)}
      >
        {tunnel.kind === 'none' ? 'Open a way in' : 'Change the way in'}
      </Button>
      {isOpen ? (
        <PublicUrlDialog tunnel={tunnel} wantsOne onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}
