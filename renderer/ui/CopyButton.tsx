import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';

type Props = {
  /** For screen readers: "Copy address". */
  label: string;
  copy: () => Promise<unknown>;
  words?: string;
  look?: 'plain' | 'primary' | 'quiet';
};

const shownForMs = 1_600;

export function CopyButton({ label, copy, words, look = 'plain' }: Props) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownForMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const run = () => copy().then((done) => setCopied(done !== false));
  const size = words ? 16 : 14;
  const icon = copied ? <Check size={size} /> : <Copy size={size} />;

  return words ? (
    <Button look={look} icon={icon} onClick={run} aria-label={copied ? 'Copied' : label}>
      {copied ? 'Copied' : words}
    </Button>
  ) : (
    <IconButton label={copied ? 'Copied' : label} onClick={run}>
      {icon}
    </IconButton>
  );
}
