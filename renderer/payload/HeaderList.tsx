import type { ShownHeader } from '../../shared/timeline.ts';
import { SourceText } from '../ui/SourceText.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import styles from './HeaderList.module.css';

type Props = { headers: ShownHeader[]; isImported?: boolean };

/** Headers in the order in which they came; what could let others in is dots. */
export function HeaderList({ headers, isImported = false }: Props) {
  if (headers.length === 0) return <p className={styles.none}>It came without headers.</p>;
  return (
    <>
      {isImported && headers.some(({ masked }) => masked) ? (
        <p className={styles.leftOut}>
          The export this was read from leaves out what is dots here.
        </p>
      ) : null}
      <dl className={styles.list}>
        {Object.entries(headers).map(([place, { name, value, masked }]) => (
          <div key={place} className={styles.header}>
            <dt>
              <SourceText text={name} />
            </dt>
            <dd>
              {masked ? (
                <>
                  <span className={styles.masked} aria-hidden="true">
                    ••••••••
                  </span>
                  <Spoken>Hidden, because it could let others in</Spoken>
                </>
              ) : (
                <SourceText text={value} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
