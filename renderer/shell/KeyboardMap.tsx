import { Dialog } from '@base-ui/react/dialog';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import styles from './KeyboardMap.module.css';

type Props = { open: boolean; onClose: () => void };

const parts: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Timeline',
    keys: [
      [['j', '↓'], 'Next event'],
      [['k', '↑'], 'Previous event'],
      [['Enter'], 'Open; once more: into the detail'],
      [['Esc'], 'Back'],
      [['u'], 'Read or unread'],
      [['Home', 'End'], 'First, last'],
      [['Page Up', 'Page Down'], 'A screen up, down'],
    ],
  },
  {
    title: 'Go to',
    keys: [
      [['g', 't'], 'Timeline'],
      [['g', 's'], 'Sources'],
      [['g', 'm'], 'Simulator'],
      [['g', 'h'], 'Health'],
      [['g', 'c'], 'Settings'],
      [['/'], 'Search; Esc clears it, then leaves'],
      [['?'], 'This map'],
    ],
  },
];

export function KeyboardMap({ open, onClose }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popups.backdrop} />
        <Dialog.Popup className={popups.dialog} style={{ '--dialog-width': '560px' }}>
          <div className={popups.head}>
            <Dialog.Title>Keyboard</Dialog.Title>
          </div>
          <div className={popups.body}>
            <div className={styles.parts}>
              {parts.map(({ title, keys }) => (
                <section key={title}>
                  <h3 className={styles.title}>{title}</h3>
                  <dl>
                    {keys.map(([combination, meaning]) => (
                      <div key={meaning} className={styles.line}>
                        <dt>
                          {combination.map((key) => (
                            <kbd key={key} className={styles.key}>
                              {key}
                            </kbd>
                          ))}
                        </dt>
                        <dd>{meaning}</dd>
                      </div>
                    ))}
                  </dl>
                </section>
              ))}
            </div>
          </div>
          <div className={popups.foot}>
            <Dialog.Close render={<Button />}>Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
