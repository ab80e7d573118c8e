import { pieces } from '../visible.ts';
import styles from './SourceText.module.css';

type Props = {
  text: string;
  /** It went through main's cleaning, which adds isolates of its own. */
  cleaned?: boolean;
};

/** Text from outside as it came: what would draw nothing or turn the line around is named instead. */
export function SourceText({ text, cleaned }: Props) {
  return (
    // Main's sentences are English around isolated names; one that begins with an Arabic name still runs from the left.
    <bdi className={styles.text} dir={cleaned ? 'ltr' : 'auto'}>
      {pieces(text, cleaned).map((piece) =>
        piece.hidden ? (
          <span key={piece.at} className={styles.hidden}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}

/** Text that main has made of what a provider sent. */
export const EventText = ({ text }: { text: string }) => <SourceText text={text} cleaned />;
