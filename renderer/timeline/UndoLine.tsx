import { Undo2 } from 'lucide-react';
import { BottomLine } from '../ui/BottomLine.tsx';
import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import { timeline } from './timeline.ts';

/** Says what was done just now, and offers to undo it. */
export const UndoLine = ({ words }: { words: string }) => (
  <BottomLine label="Done" icon={<Undo2 size={16} aria-hidden="true" />} words={words}>
    <Button look="quiet" small onClick={timeline.undo}>
      Undo <Key of="undo" />
    </Button>
  </BottomLine>
);
