import { Link2Off, X } from 'lucide-react';
import { forgetUnknownEntry, unknownEntryWords } from '../navigation.ts';
import { BottomLine } from '../ui/BottomLine.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Says that a link named an event which is not here. */
export const UnknownEntry = () => (
  <BottomLine
    label="Link"
    icon={<Link2Off size={16} aria-hidden="true" />}
    words={unknownEntryWords}
  >
    <IconButton label="I have read it" onClick={forgetUnknownEntry}>
      <X size={16} />
    </IconButton>
  </BottomLine>
);
