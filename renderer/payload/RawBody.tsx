import { WrapText } from 'lucide-react';
import { useState } from 'react';
import { size } from '../../shared/english.ts';
import type { MaskedBody } from '../../shared/timeline.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { hexLines } from './hex.ts';
import styles from './RawBody.module.css';

type Props = { body: MaskedBody; cut?: boolean; onCopy: (text: string) => Promise<unknown> };

const shownAtFirst = 100_000;

export function RawBody({ body, cut, onCopy }: Props) {
  const [wrap, setWrap] = useState(true);
  const [whole, setWhole] = useState(false);
  const text = body.text ?? hexLines(body.hex ?? '');
  const long = !whole && text.length > shownAtFirst;

  return (
    <div className={styles.raw}>
      <div className={styles.bar}>
        <span className={styles.facts}>
          <span>{size(body.bytes)}</span>
          <span className={styles.hash} title={body.sha256}>
            SHA-256 <code>{body.sha256}</code>
          </span>
        </span>
        <IconButton label="Wrap long lines" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          <WrapText size={16} />
        </IconButton>
        <CopyButton
          label="Copy hash (SHA-256)"
          words="Copy hash"
          copy={() => onCopy(body.sha256)}
        />
        <CopyButton
          label="Copy body"
          words="Copy body"
          copy={() => onCopy(body.text ?? body.hex ?? '')}
        />
      </div>
      {body.text === null ? <p className={styles.note}>Not UTF-8 text; shown as bytes.</p> : null}
      {cut ? <p className={styles.note}>Only the beginning of this body was kept.</p> : null}
      {body.bytes === 0 ? (
        <p className={styles.note}>The body is empty.</p>
      ) : (
        <pre className={styles.text} data-wrap={wrap || undefined}>
          <ExternalText text={long ? text.slice(0, shownAtFirst) : text} />
        </pre>
      )}
      {long ? (
        <button type="button" className={styles.rest} onClick={() => setWhole(true)}>
          Show the rest, {size(body.bytes)} in all
        </button>
      ) : null}
    </div>
  );
}
