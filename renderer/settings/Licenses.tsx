import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { License } from '../../shared/license.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { Fold } from '../ui/Fold.tsx';
import lists from '../ui/Lists.module.css';
import { Modal, ModalBody, ModalFoot } from '../ui/Modal.tsx';
import styles from './Licenses.module.css';

type Reading =
  | { status: 'closed' | 'busy' | 'failed' }
  | { status: 'open'; licenses: readonly License[] };

/** The button that lists what Hookbell is made of. */
export function Licenses() {
  const [state, setState] = useState<Reading>({ status: 'closed' });
  const close = () => setState({ status: 'closed' });

  const open = async () => {
    setState({ status: 'busy' });
    try {
      setState({ status: 'open', licenses: await ask('licenses', undefined) });
    } catch (error) {
      console.error(error);
      setState({ status: 'failed' });
    }
  };

  return (
    <>
      <Button onClick={() => void open()}>Show licences</Button>
      {state.status === 'open' || state.status === 'failed' ? (
        <Modal
          title="Licences"
          description="Hookbell, and what it is shipped with. Choose one to read its text."
          width={680}
          kind="notice"
          onClose={close}
        >
          <ModalBody>
            {state.status === 'open' ? (
              <LicenseList licenses={state.licenses} />
            ) : (
              <p>They could not be read. Install Hookbell again.</p>
            )}
          </ModalBody>
          <ModalFoot>
            <Button onClick={close}>Close</Button>
          </ModalFoot>
        </Modal>
      ) : null}
    </>
  );
}

const LicenseList = ({ licenses }: { licenses: readonly License[] }) => (
  <ul className={`${lists.divided} ${styles.list}`}>
    {licenses.map(({ name, version, identifier, text }) => (
      <li key={`${name} ${version}`}>
        <Fold
          className={`${lists.rowButton} ${styles.row}`}
          inside={styles.text}
          label={
            <>
              <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
              <span className={styles.name}>
                {name} <span className={styles.version}>{version}</span>
              </span>
              <span className={styles.identifier}>{identifier ?? 'not named'}</span>
            </>
          }
        >
          {text ?? 'It comes without a text.'}
        </Fold>
      </li>
    ))}
  </ul>
);
