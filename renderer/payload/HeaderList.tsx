import type { MaskedHeader } from '../../shared/timeline.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import styles from './HeaderList.module.css';

type Props = { headers: MaskedHeader[]; isImported?: boolean };

export function HeaderList({ headers, isImported = false }: Props) {
  if (headers.length === 0) return <p className={styles.none}>It came without headers.</p>;
  return (
    <>
      {isImported && headers.some(({ masked }) => masked) ? (
        <p className={styles.leftOut}>
          The export this was read from leaves out what is dots here.
        </p>
      ) : null}
      <dl className={`${lists.divided} ${styles.list}`}>
        {Object.entries(headers).map(([place, { name, value, masked }]) => (
          <div key={place} className={`${lists.pair} ${styles.header}`}>
            <dt>
              <ExternalText text={name} />
            </dt>
            <dd>
              {masked ? (
                <>
                  <span className={styles.masked} aria-hidden="true">
                    ••••••••
                  </span>
                  <VisuallyHidden>Hidden, because it could let others in</VisuallyHidden>
                </>
              ) : (
                <ExternalText text={value} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
