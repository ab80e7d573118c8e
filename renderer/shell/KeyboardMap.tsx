import { Button } from '../ui/Button.tsx';
import { keyNames, keyTable } from '../ui/key-table.ts';
import lists from '../ui/Lists.module.css';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import styles from './KeyboardMap.module.css';

type Props = { open: boolean; onClose: () => void };

export const KeyboardMap = ({ open, onClose }: Props) => (
  <Modal title="Keyboard" width={560} kind="notice" open={open} onClose={onClose}>
    <ModalBody>
      <div className={styles.parts}>
        {keyTable.map(({ title, lines }) => (
          <section key={title}>
            <h3 className={`${lists.caption} ${styles.title}`}>{title}</h3>
            <dl>
              {lines.map(({ label, more, shortcuts }) => (
                <div key={label} className={`${lists.pair} ${styles.line}`}>
                  <dt>
                    {shortcuts.flatMap(keyNames).map((key) => (
                      <kbd key={key} className={styles.key}>
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{more ? `${label}; ${more}` : label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </ModalBody>
    <ModalFoot>
      <Button onClick={onClose}>Close</Button>
    </ModalFoot>
  </Modal>
);
