import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { OfferedPlace, OpenedPlace } from '../../shared/place-outside.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copy } from '../ui/copy.ts';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import styles from './OpenOutside.module.css';

type Answered = Exclude<OpenedPlace, { status: 'opened' }> | null;

type Props = OfferedPlace & {
  /** In a line of other buttons, without one to copy the URL. */
  small?: boolean;
};

/** A button that opens a place in the browser, with the host it leads to. The URL itself stays in main (E8). */
export function OpenOutside({ place, label, host, small = false }: Props) {
  const [answered, setAnswered] = useState<Answered>(null);

  const open = async (agreedHost?: string): Promise<Answered> => {
    const agreed = agreedHost === undefined ? {} : { agreedHost };
    const answer = await ask('openPlace', { place, ...agreed });
    return answer.status === 'opened' ? null : answer;
  };

  const press = () =>
    open().then(setAnswered, (error: unknown) => {
      console.error(error);
      setAnswered(noPlace);
    });

  return (
    <span className={styles.place}>
      <Button
        small={small}
        look={small ? 'quiet' : 'plain'}
        icon={<ExternalLink size={small ? 14 : 16} aria-hidden="true" />}
        onClick={() => void press()}
      >
        <span className={styles.words}>
          {label} on {host}
        </span>
      </Button>
      {small ? null : (
        <CopyButton
          label={`Copy the URL: ${label} on ${host}`}
          copy={() => ask('copyPlace', { place })}
        />
      )}
      {answered?.status === 'asks' ? (
        <NotEncrypted
          host={answered.host}
          onAgree={() => open(answered.host)}
          onDone={setAnswered}
        />
      ) : null}
      {answered?.status === 'refused' ? (
        <NotOpened url={answered.url} onClose={() => setAnswered(null)} />
      ) : null}
    </span>
  );
}

const noPlace: Answered = { status: 'refused', why: 'no-place', url: null };

type AgreeProps = {
  host: string;
  onAgree: () => Promise<Answered>;
  onDone: (answered: Answered) => void;
};

/** Closing comes after agreeing, and must not hide what came of it. */
function NotEncrypted({ host, onAgree, onDone }: AgreeProps) {
  const [after, setAfter] = useState<Answered>(null);
  return (
    <Confirm
      title={`Open ${host} without encryption?`}
      verb="Open it"
      onConfirm={async () => {
        setAfter(await onAgree());
        return null;
      }}
      onClose={() => onDone(after)}
    >
      The link of this source begins with http, so others in the network can read what the browser
      sends and receives.
    </Confirm>
  );
}

const NotOpened = ({ url, onClose }: { url: string | null; onClose: () => void }) => (
  <Modal
    title="It could not be opened"
    description={
      url === null
        ? 'There is no such place any more. Close this and look again.'
        : 'No browser answered. Copy the URL and open it yourself:'
    }
    kind="notice"
    onClose={onClose}
  >
    {url === null ? null : (
      <ModalBody>
        <code className={styles.url}>{url}</code>
      </ModalBody>
    )}
    <ModalFoot>
      {url === null ? null : (
        <CopyButton label="Copy URL" words="Copy URL" copy={() => copy(url)} />
      )}
      <Button look="primary" onClick={onClose}>
        Close
      </Button>
    </ModalFoot>
  </Modal>
);
