import type { Remedy } from '../../shared/conditions/kind.ts';
import { goTo, openPlace, openSource } from '../navigation.ts';
import { ask } from '../state.ts';

export type Doable = Exclude<Remedy, { does: 'nothing' | 'open-place' }>;

/** Does what the button of a remedy says. */
export function act(remedy: Doable): void {
  switch (remedy.does) {
    case 'open-page':
      goTo(remedy.page);
      break;
    case 'open-entry':
      openPlace({ what: 'entry', seq: remedy.seq });
      break;
    case 'open-source':
      openSource({ id: remedy.sourceId, what: remedy.form });
      break;
    case 'accept-host':
      void ask('acceptHost', { host: remedy.host });
      break;
    case 'raise-share':
      void ask('raiseShare', { id: remedy.sourceId });
      break;
    case 'retry-tunnel':
      void ask('retryTunnel', undefined);
      break;
    case 'restart-to-update':
      void ask('restartToUpdate', undefined);
      break;
  }
}

/** Whether the button opens something else, and the focus goes there. */
export const leadsAway = ({ does }: Doable): boolean =>
  does === 'open-page' || does === 'open-entry' || does === 'open-source';
