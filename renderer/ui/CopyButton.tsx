import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';

type Props = {
  /** What is copied, for whoever cannot see where the button stands: "Copy address". */
  label: string;
  copy: () => Promise<unknown>;
  words?: string;
  look?: 'plain' | 'primary' | 'quiet';
};

const saidFor = 1_600;

export function CopyButton({ label, copy, words, look = 'plain' }: Props) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidFor);
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
