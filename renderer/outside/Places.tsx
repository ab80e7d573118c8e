import type { OfferedPlace } from '../../shared/place-outside.ts';
import styles from './OpenOutside.module.css';
import { OpenOutside } from './OpenOutside.tsx';

/** Where more of an event can be seen. */
export const Places = ({ places }: { places: OfferedPlace[] }) =>
  places.length === 0 ? null : (
    <section className={styles.places} aria-label="Open outside">
      {places.map((offered) => (
        <OpenOutside key={JSON.stringify(offered.place)} {...offered} />
      ))}
    </section>
  );
