import { markedParts } from '../../shared/matching.ts';
import { pieces } from '../hidden-characters.ts';
import styles from './ExternalText.module.css';

type Props = {
  text: string;
  /** Main has cleaned it, and wrapped names in isolates. */
  cleaned?: boolean;
  /** Marked wherever they stand; folded, as `needlesIn` gives them. */
  needles?: readonly string[] | undefined;
};

/** Text from outside. Invisible and reordering characters are shown by their names. */
export function ExternalText({ text, cleaned, needles = [] }: Props) {
  return (
    // Main's sentences are English, also where they begin with an Arabic name.
    <bdi className={styles.text} dir={cleaned ? 'ltr' : 'auto'}>
      {pieces(text, cleaned).map((piece) =>
        piece.hidden ? (
          <span key={piece.at} className={styles.hidden}>
            {piece.text}
          </span>
        ) : needles.length === 0 ? (
          piece.text
        ) : (
          markedParts(piece.text, needles).map((part) =>
            part.marked ? (
              <mark key={piece.at + part.at} className={styles.mark}>
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )
        ),
      )}
    </bdi>
  );
}

/** Text that main has cleaned. */
export const CleanedText = (props: Omit<Props, 'cleaned'>) => <ExternalText {...props} cleaned />;
