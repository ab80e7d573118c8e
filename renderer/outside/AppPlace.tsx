import type { PlaceOutside } from '../../shared/place-outside.ts';
import { OpenPlace } from './OpenPlace.tsx';

const placeOf = {
  docs: { at: 'docs', page: 'start' },
  ngrok: { at: 'ngrok', page: 'authtoken' },
} as const satisfies Record<string, PlaceOutside>;

/** Opens a place of Hookbell's own: its documentation, or the dashboard of ngrok. */
export const AppPlace = ({ at }: { at: keyof typeof placeOf }) => <OpenPlace place={placeOf[at]} />;
