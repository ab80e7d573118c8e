import type { Source } from '../../shared/source.ts';
import { ask } from '../state.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { whyNot } from '../words/problems.ts';

export const RemoveSource = ({ source, onClose }: { source: Source; onClose: () => void }) => (
  <Confirm
    title={`Remove ${source.name}?`}
    verb="Remove the source"
    dangerous
    onClose={onClose}
    onConfirm={() => whyNot(ask('removeSource', { id: source.id }))}
  >
    Its URL stops working at once, and its secrets are deleted. Events that it received stay in the
    timeline. Remove the URL from the provider's portal too.
  </Confirm>
);
