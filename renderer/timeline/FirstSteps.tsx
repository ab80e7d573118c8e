import { Button } from '../ui/Button.tsx';
import styles from './FirstSteps.module.css';

export function FirstSteps({ onAdd }: { onAdd: () => void }) {
  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>Three steps to your first event</h1>
        <p className={styles.lead}>
          Hookbell receives the webhooks of your data providers on this computer, checks that they
          are genuine, keeps them and tells you what matters.
        </p>
        <ol className={styles.steps}>
          <li className={styles.step} data-next>
            <span className={styles.place}>1</span>
            <div>
              <h2>Add a source</h2>
              <p>
                Choose a provider and paste its secret; to try Hookbell without an account, make one
                up. The source gets a URL of its own.
              </p>
              <Button look="primary" onClick={onAdd}>
                Add a source
              </Button>
            </div>
          </li>
          <li className={styles.step}>
            <span className={styles.place}>2</span>
            <div>
              <h2>Send a test</h2>
              <p>
                The simulator makes a genuine delivery of the source, so that you see how an event
                arrives. It needs no account and no internet.
              </p>
            </div>
          </li>
          <li className={styles.step}>
            <span className={styles.place}>3</span>
            <div>
              <h2>Paste the URL into the provider's portal</h2>
              <p>
                Sources says where, and shows what it sees while it waits for the first delivery.
              </p>
            </div>
          </li>
        </ol>
      </div>
    </div>
  );
}
