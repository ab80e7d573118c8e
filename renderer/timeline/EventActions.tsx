import { Menu } from '@base-ui/react/menu';
import { Braces, Ellipsis, Forward, RotateCw, Terminal } from 'lucide-react';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { MaskedBody } from '../../shared/timeline.ts';
import { appStore } from '../state.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { keyFor } from '../ui/key-table.ts';
import popups from '../ui/Popups.module.css';
import { TextField } from '../ui/TextField.tsx';
import styles from './EventActions.module.css';
import { askUrl, closeUrl, copyCurl, deliverAgain, forward, replayStore } from './replay.ts';

type Props = {
  seq: number;
  /** Null while it is read. */
  body: MaskedBody | null;
  onCopy: (text: string) => Promise<unknown>;
};

/** What can be done with an event beside reading it, and what came of it. */
export function EventActions({ seq, body, onCopy }: Props) {
  const replay = useStore(replayStore);
  const { forwardTo } = useStore(appStore).app?.preferences ?? {};
  const menu = useRef<HTMLButtonElement>(null);
  const isHere = replay.seq === seq;
  // What came of an action is gone when the person comes back to its event.
  useEffect(() => {
    if (replayStore.get().seq !== seq) closeUrl();
  }, [seq]);
  /** The field is gone once it was forwarded, and had the focus. */
  const focusMenu = () => {
    if (!replayStore.get().asksUrl) menu.current?.focus();
  };
  const close = () => {
    closeUrl();
    focusMenu();
  };

  return (
    <section className={styles.actions} aria-label="Actions">
      <div className={styles.row}>
        <span className={styles.wide}>
          <Act icon={<Terminal size={14} />} shortcut="copy-curl" onDo={() => copyCurl(seq)}>
            Copy as cURL
          </Act>
          <Act
            icon={<RotateCw size={14} />}
            shortcut="deliver-again"
            onDo={() => deliverAgain(seq)}
          >
            Deliver again
          </Act>
          <Act icon={<Forward size={14} />} onDo={() => forward(seq, forwardTo)}>
            Forward
          </Act>
        </span>
        <ActionMenu ref={menu} seq={seq} text={body?.text ?? null} onCopy={onCopy} />
      </div>
      {isHere && replay.said !== null ? <p className={styles.said}>{replay.said}</p> : null}
      {isHere && replay.asksUrl ? (
        <ForwardForm
          known={forwardTo ?? ''}
          mistake={replay.mistake}
          onSend={(url) => forward(seq, url).then(focusMenu)}
          onClose={close}
        />
      ) : null}
    </section>
  );
}

type MenuProps = Pick<Props, 'seq' | 'onCopy'> & {
  text: string | null;
  ref: Ref<HTMLButtonElement>;
};

const ActionMenu = ({ seq, text, onCopy, ref }: MenuProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger
      ref={ref}
      render={<IconButton label="More actions">{<Ellipsis size={16} />}</IconButton>}
    />
    <Menu.Portal>
      <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
        <Menu.Popup className={popups.menu}>
          <Item icon={<Terminal size={16} />} onDo={() => copyCurl(seq)}>
            Copy as cURL, without signature
          </Item>
          <Item icon={<Terminal size={16} />} onDo={() => copyCurl(seq, 'with-signature')}>
            Copy as cURL, with signature
          </Item>
          <Item icon={<Terminal size={16} />} onDo={() => copyCurl(seq, 'to-endpoint')}>
            Copy as cURL, with signature and your URL
          </Item>
          {text === null ? null : (
            <Item icon={<Braces size={16} />} onDo={() => onCopy(text)}>
              Copy JSON
            </Item>
          )}
          <Menu.Separator className={popups.separator} />
          <Item icon={<RotateCw size={16} />} onDo={() => deliverAgain(seq)}>
            Deliver again
          </Item>
          <Item icon={<Forward size={16} />} onDo={() => askUrl(seq)}>
            Forward to this computer…
          </Item>
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);

type ActProps = {
  icon: ReactNode;
  children: ReactNode;
  shortcut?: 'copy-curl' | 'deliver-again';
  onDo: () => Promise<unknown>;
};

const Act = ({ icon, children, shortcut, onDo }: ActProps) => (
  <Button
    small
    look="quiet"
    icon={icon}
    aria-keyshortcuts={shortcut && keyFor(shortcut)}
    onClick={() => void onDo()}
  >
    {children}
  </Button>
);

const Item = ({
  icon,
  children,
  onDo,
}: {
  icon: ReactNode;
  children: ReactNode;
  onDo: () => unknown;
}) => (
  <Menu.Item className={popups.item} onClick={() => void onDo()}>
    {icon}
    <span className={popups.grow}>{children}</span>
  </Menu.Item>
);

type FormProps = {
  known: string;
  mistake: string | null;
  onSend: (url: string) => Promise<void>;
  onClose: () => void;
};

/** The URL that an event is forwarded to. Enter sends, Escape leaves. */
function ForwardForm({ known, mistake, onSend, onClose }: FormProps) {
  const [url, setUrl] = useState(known);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void onSend(url);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form className={styles.form} onSubmit={send} onKeyDown={leave}>
      <TextField
        ref={focusOnce}
        label="Forward to"
        value={url}
        onChange={setUrl}
        maxLength={2048}
        error={mistake ?? undefined}
        hint="A server on this computer, such as http://localhost:3000/hooks. It gets the body and the headers as they came, with the signature."
      />
      <span className={styles.buttons}>
        <Button small submits look="primary">
          Forward
        </Button>
        <Button small onClick={onClose}>
          Cancel
        </Button>
      </span>
    </form>
  );
}

const focusOnce = (field: HTMLElement | null): void => field?.focus();
