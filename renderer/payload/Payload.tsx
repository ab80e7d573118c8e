import { useMemo } from 'react';
import { Empty } from '../ui/Empty.tsx';
import { JsonTree } from './JsonTree.tsx';
import { parseJson } from './json-source.ts';

type Props = { text: string | null; onCopy: (text: string) => Promise<unknown> };

export function Payload({ text, onCopy }: Props) {
  const root = useMemo(() => (text === null ? null : parseJson(text)), [text]);
  if (text === null || !root) {
    return (
      <Empty title="This body is not JSON">
        <p>Raw shows it exactly as it came.</p>
      </Empty>
    );
  }
  return <JsonTree root={root} source={text} onCopy={onCopy} />;
}
