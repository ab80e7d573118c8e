import { markedParts } from '../../shared/matching.ts';
import { pieces } from '../visible.ts';
import styles from './SourceText.module.css';

type Props = {
  text: string;
  /** It went through main's cleaning, which adds isolates of its own. */
  cleaned?: boolean;
  /** What is searched, as it is compared: marked wherever it stands. */
  needles?: readonly string[] | undefined;
};

/** Text from outside as it came: what would draw nothing or turn the line around is named instead. */
export function SourceText({ text, cleaned, needles = [] }: Props) {
  return (
    // Main's sentences are English around isolated names; one that begins with an Arabic name still runs from the left.
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

/** Text that main has made of what a provider sent. */
export const EventText = (props: Omit<Props, 'cleaned'>) => <SourceText {...props} cleaned />;
