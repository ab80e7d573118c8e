import { useMemo } from 'react';
import { Empty } from '../ui/Empty.tsx';
import { JsonTree } from './JsonTree.tsx';
import { parseJson } from './json-source.ts';
import { SincePrevious } from './SincePrevious.tsx';

type Props = {
  text: string | null;
  /** The event that it is of. What differs from the one before it is offered only with this. */
  seq?: number;
  onCopy: (text: string) => Promise<unknown>;
};

export function Payload({ text, seq, onCopy }: Props) {
  const root = useMemo(() => (text === null ? null : parseJson(text)), [text]);
  if (text === null || !root) {
    return (
      <Empty title="This body is not JSON">
        <p>Raw shows it exactly as it came.</p>
      </Empty>
    );
  }
  return (
    <>
      {seq === undefined ? null : <SincePrevious seq={seq} now={{ root, source: text }} />}
      <JsonTree root={root} source={text} onCopy={onCopy} />
    </>
  );
}
